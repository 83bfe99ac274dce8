// Every sentence a person reads in Latvian; `en.ts` must have the same keys, by capability.
import { addresses } from './lv/addresses.ts'
import { announcements } from './lv/announcements.ts'
import { api } from './lv/api.ts'
import { calendar } from './lv/calendar.ts'
import { cases } from './lv/cases.ts'
import { common } from './lv/common.ts'
import { consumption } from './lv/consumption.ts'
import { deliveries } from './lv/deliveries.ts'
import { devices } from './lv/devices.ts'
import { feeds } from './lv/feeds.ts'
import { help } from './lv/help.ts'
import { history } from './lv/history.ts'
import { imports } from './lv/imports.ts'
import { inspections } from './lv/inspections.ts'
import { messages } from './lv/messages.ts'
import { meterImports } from './lv/meter-imports.ts'
import { meters } from './lv/meters.ts'
import { notices } from './lv/notices.ts'
import { people } from './lv/people.ts'
import { problemReports } from './lv/problem-reports.ts'
import { problems } from './lv/problems.ts'
import { reports } from './lv/reports.ts'
import { supportAccess } from './lv/support-access.ts'
import { telling } from './lv/telling.ts'

export const lv = { ...addresses, ...announcements, ...api, ...calendar, ...cases, ...common, ...consumption, ...deliveries, ...devices, ...feeds, ...help, ...history, ...imports, ...inspections, ...messages, ...meterImports, ...meters, ...notices, ...people, ...problemReports, ...problems, ...reports, ...supportAccess, ...telling } as const

export type MessageKey = keyof typeof lv
