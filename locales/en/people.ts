import type { people as lv } from '../lv/people.ts'

export const people: Record<keyof typeof lv, string> = {}
