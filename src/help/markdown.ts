// Markdown as the pages' own HTML: headings with names, pictures with their sizes, and no HTML of the source's own.
import MarkdownIt from 'markdown-it'
import { fold } from '../kernel/text.ts'
import { html, trusted, type Html } from '../ui/html.ts'
import type { Picture } from './pictures.ts'

/** A part of a chapter under its own heading, as search finds it; the first has the chapter's title and no name. */
export type Section = { id: string; title: string; text: string }

/** What a text is drawn into. */
export type Setting = {
  pictureOf: (name: string) => Picture
  /** Where `[words](chapter#name)` leads. */
  linkOf: (target: string) => string
  /** What a heading of this name is called in the document. */
  idOf: (name: string) => string
  /** What stands under the heading of this name beside its text. */
  below: (name: string) => Html | null
  /** How much deeper headings are than in the source. */
  deeper: number
}

const markdown = new MarkdownIt({ html: false })

type Tokens = ReturnType<typeof markdown.parse>

const slug = (text: string) => fold(text).replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')

/** `## Heading {#its-name}`; without a name the heading's words make one. */
const named = /\s*\{#([a-z0-9-]+)\}$/

const plain = (tokens: Tokens): string =>
  tokens.map(({ type, content, children }) => (children ? plain(children) : type === 'softbreak' ? ' ' : type === 'text' || type === 'code_inline' ? content : '')).join('')

const classes: Record<string, string> = { h2: 'govuk-heading-m', h3: 'govuk-heading-s', p: 'govuk-body', ul: 'govuk-list govuk-list--bullet', ol: 'govuk-list govuk-list--number', table: 'govuk-table' }

/** A heading's name; takes its mark out of its words. */
function nameHeading({ children }: Tokens[number]): string {
  const last = children?.at(-1)
  const given = last && named.exec(last.content)?.[1]
  if (last && given) last.content = last.content.replace(named, '')
  return given ?? slug(plain(children ?? []))
}

const nameIn = (meta: unknown) => (meta as { name: string }).name
const settingOf = (env: unknown) => (env as { setting: Setting }).setting

markdown.core.ruler.push('nams', ({ tokens }) => {
  tokens.forEach((token, at) => {
    if (token.nesting === 1 && classes[token.tag]) token.attrSet('class', classes[token.tag]!)
    if (token.type === 'heading_open') token.meta = tokens[at + 2]!.meta = { name: nameHeading(tokens[at + 1]!) }
  })
})

const deepened = (tag: string, deeper: number) => `h${Number(tag.slice(1)) + deeper}`

Object.assign(markdown.renderer.rules, {
  heading_open: (tokens, at, _options, env) => {
    const { tag, meta } = tokens[at]!
    const { idOf, deeper } = settingOf(env)
    return html`<${trusted(deepened(tag, deeper))} class="${classes[tag]}" id="${idOf(nameIn(meta))}">`.text
  },
  heading_close: (tokens, at, _options, env) => {
    const { tag, meta } = tokens[at]!
    const { below, deeper } = settingOf(env)
    return html`</${trusted(deepened(tag, deeper))}>${below(nameIn(meta))}\n`.text
  },
  image: (tokens, at, _options, env) => {
    const { path, width, height } = settingOf(env).pictureOf(String(tokens[at]!.attrGet('src')))
    return html`<img class="help-picture" src="${path}" width="${width}" height="${height}" alt="${tokens[at]!.content}">`.text
  },
  link_open: (tokens, at, _options, env) => html`<a class="govuk-link" href="${settingOf(env).linkOf(String(tokens[at]!.attrGet('href')))}">`.text,
} satisfies typeof markdown.renderer.rules)

export const renderMarkdown = (text: string, setting: Setting): Html => trusted(markdown.render(text, { setting }))

/** The sections of a text, for search. */
export function sectionsOf(title: string, text: string): readonly Section[] {
  const tokens = markdown.parse(text, {})
  const sections: Section[] = [{ id: '', title, text: '' }]
  tokens.forEach((token, at) => {
    if (token.type === 'heading_open') sections.push({ id: nameIn(token.meta), title: plain(tokens[at + 1]!.children ?? []), text: '' })
    const section = sections.at(-1)!
    if (token.type === 'inline' && tokens[at - 1]?.type !== 'heading_open') section.text = `${section.text} ${plain(token.children ?? [])}`.trim()
  })
  return sections
}
