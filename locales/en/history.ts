import type { history as lv } from '../lv/history.ts'

export const history: Record<keyof typeof lv, string> = {}
