import type { problems as lv } from '../lv/problems.ts'

export const problems: Record<keyof typeof lv, string> = {}
