// Every sentence a person reads in English, by capability.
import { api } from './en/api.ts'
import { calendar } from './en/calendar.ts'
import { cases } from './en/cases.ts'
import { common } from './en/common.ts'
import { consumption } from './en/consumption.ts'
import { deliveries } from './en/deliveries.ts'
import { history } from './en/history.ts'
import { imports } from './en/imports.ts'
import { inspections } from './en/inspections.ts'
import { meterImports } from './en/meter-imports.ts'
import { meters } from './en/meters.ts'
import { notices } from './en/notices.ts'
import { people } from './en/people.ts'
import { problems } from './en/problems.ts'
import { telling } from './en/telling.ts'
import type { MessageKey } from './lv.ts'

export const en: Record<MessageKey, string> = { ...api, ...calendar, ...cases, ...common, ...consumption, ...deliveries, ...history, ...imports, ...inspections, ...meterImports, ...meters, ...notices, ...people, ...problems, ...telling }
