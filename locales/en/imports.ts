import type { imports as lv } from '../lv/imports.ts'

export const imports: Record<keyof typeof lv, string> = {}
