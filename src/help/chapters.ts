// The manual's table of contents: its parts, and the chapters of each in their order. A chapter is `manual/LANGUAGE/NAME.md`.

export const parts = [
  { part: 'beginning', chapters: ['start', 'sign-in', 'who-sees'] },
  { part: 'buildings', chapters: ['cases', 'house-cases', 'inspection-types', 'inspections', 'reminders', 'history'] },
  { part: 'meters', chapters: ['meters', 'readings', 'round', 'consumption', 'files'] },
  { part: 'told', chapters: ['notices', 'proof', 'preferences', 'email', 'phone', 'e-address', 'calendar', 'messages'] },
  { part: 'running', chapters: ['reports', 'registers', 'announcements', 'operators', 'desk', 'api'] },
  { part: 'help', chapters: ['problems', 'support-access', 'attachments', 'questions', 'glossary', 'accessibility'] },
] as const

export type Part = (typeof parts)[number]['part']
export type Chapter = (typeof parts)[number]['chapters'][number]

export const chapters: readonly Chapter[] = parts.flatMap(({ chapters }) => chapters)

export const isChapter = (name: string): name is Chapter => (chapters as readonly string[]).includes(name)

export const helpPath = '/help'
export const accessibilityPath = '/accessibility'

/** The accessibility statement stands where such statements are looked for. */
export const chapterPath = (chapter: Chapter): string => (chapter === 'accessibility' ? accessibilityPath : `${helpPath}/${chapter}`)
