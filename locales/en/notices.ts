import type { notices as lv } from '../lv/notices.ts'

export const notices: Record<keyof typeof lv, string> = {}
