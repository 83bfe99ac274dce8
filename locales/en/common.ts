import type { common as lv } from '../lv/common.ts'

export const common: Record<keyof typeof lv, string> = {}
