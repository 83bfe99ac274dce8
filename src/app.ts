// The table of contents: every capability's pages and endpoints, put on one server.
import type { FastifyInstance } from 'fastify'
import { limits, openApi } from './api/door.ts'
import { openManual } from './api/page.ts'
import { attachmentPage, type Owners } from './attachments/page.ts'
import { rolesInBuildings } from './buildings/roles.ts'
import { caseEndpoints } from './cases/api.ts'
import { casePages } from './cases/pages.ts'
import { openFeeds } from './feeds/door.ts'
import type { DueSource } from './feeds/due.ts'
import { feedPages } from './feeds/pages.ts'
import { openHelp } from './help/door.ts'
import { helpOf } from './help/places.ts'
import { inspectionsEndpoints } from './inspections/api.ts'
import { calendarPages } from './inspections/calendar.ts'
import { comingInCases } from './inspections/coming.ts'
import { inspectionsDue } from './inspections/due.ts'
import { inspectionNotices } from './inspections/notices.ts'
import { maySeeInspection } from './inspections/files.ts'
import { inspectionsPages } from './inspections/pages.ts'
import { metersEndpoints } from './meters/api.ts'
import { batchEndpoints } from './meters-import/api.ts'
import { metersDueSources } from './meters/due.ts'
import { consumptionPages } from './meters/consumption-pages.ts'
import { dueInHouseCases, readingsDueInHouse } from './meters/house-list.ts'
import { metersPages } from './meters/pages.ts'
import { meterReminders } from './meters/reminder-teller.ts'
import { meterNotices } from './meters/reminder-words.ts'
import { sheetImportPages } from './meters-import/upload-pages.ts'
import { addressPages } from './notifications/addresses/pages.ts'
import { openVerification } from './notifications/addresses/verify-door.ts'
import { openMetrics } from './notifications/metrics.ts'
import { noticeEndpoints } from './notifications/api.ts'
import { openDemoMail } from './notifications/demo-pages.ts'
import type { Catalogue } from './notifications/notice.ts'
import { inboxPages } from './notifications/pages.ts'
import { openNoticeStream } from './notifications/stream.ts'
import type { PushSettings } from './notifications/push/device-actions.ts'
import { devicePages } from './notifications/push/device-page.ts'
import { tellingEndpoints } from './notifications/telling-api.ts'
import { openUnsubscribing } from './notifications/unsubscribe-door.ts'
import { toldNotices } from './notifications/told-words.ts'
import { maySeeMessage, messageNotices } from './messages/files.ts'
import { messageEndpoints } from './messages/api.ts'
import { messagePages } from './messages/pages.ts'
import { reportEndpoints } from './reports/api.ts'
import { reportPages } from './reports/pages.ts'
import { profileEndpoints } from './people/api.ts'
import { guardPages, openPages, type Installation } from './people/door.ts'
import type { Endpoint } from './people/endpoint.ts'
import type { Page } from './people/page.ts'
import { openEntrance } from './people/entrance.ts'
import { peoplePages } from './people/pages.ts'
import type { OidcConfig } from './platform/config.ts'
import { openContact } from './problems/contact-door.ts'
import { maySeeReport } from './problems/files.ts'
import { problemNotices } from './problems/notices.ts'
import { problemPages } from './problems/pages.ts'
import { announcementsDue } from './support/due.ts'
import { bannersIn } from './support/banners.ts'
import { openAnnouncements } from './support/door.ts'
import { announcementNotices } from './support/notices.ts'
import { announcementPages } from './support/pages.ts'
import { looksIn } from './support-access/looking.ts'
import { supportNotices } from './support-access/notices.ts'
import { accessPages } from './support-access/pages.ts'
import { lookPages } from './support-access/staff-pages.ts'
import { createServer } from './platform/http.ts'
import { silentLog, type Log } from './platform/log.ts'
import { openWebApp } from './ui/web-app.ts'

/** The words of every kind of notice. */
export const catalogue: Catalogue = { ...inspectionNotices, ...meterNotices, ...toldNotices, ...messageNotices, ...supportNotices, ...problemNotices, ...announcementNotices }

/** Who may see what files are attached to. */
const owners: Owners = { inspection: maySeeInspection, message: maySeeMessage, 'problem-report': maySeeReport }

const pages: readonly Page[] = [...casePages({ operation: comingInCases, house: dueInHouseCases }), ...calendarPages, ...feedPages, ...inspectionsPages(catalogue, [meterReminders()], readingsDueInHouse), ...metersPages, ...consumptionPages, ...inboxPages(catalogue), ...reportPages(catalogue), ...messagePages, ...peoplePages, ...addressPages, ...announcementPages, ...problemPages, ...accessPages, ...lookPages, attachmentPage(owners)]

/** What calendar programs are told of. */
const dueSources: readonly DueSource[] = [inspectionsDue, ...metersDueSources, announcementsDue]

export const endpoints: readonly Endpoint[] = [
  ...caseEndpoints(catalogue),
  ...inspectionsEndpoints,
  ...metersEndpoints,
  ...batchEndpoints,
  ...noticeEndpoints(catalogue),
  ...reportEndpoints(catalogue),
  ...tellingEndpoints,
  ...messageEndpoints,
  ...profileEndpoints,
]

export type AppSettings = {
  secret: string
  trustProxy: boolean
  /** What a monitoring system shows to read the metrics; without it they are for this machine alone. */
  metricsToken?: string | undefined
  logger: boolean
  shedsLoad?: boolean
  /** Where a demo without a mail server keeps its mail. */
  mailFolder?: string
  /** Sign-in through a provider, and the address that it sends people back to. */
  oidc?: OidcConfig | undefined
  publicUrl?: string | undefined
  log?: Log
  /** What devices are told by; undefined: nothing is pushed. */
  push?: PushSettings | undefined
  /** Milliseconds between two looks for notices that pages do not show yet. */
  lookEvery?: number
}

export async function createApp(given: Installation, settings: AppSettings): Promise<FastifyInstance> {
  const installation = { ...given, banners: bannersIn(given.db), help: helpOf, looks: looksIn(given) }
  const server = await createServer({ ...settings, secure: installation.secure })
  const describe = await openApi(server, installation, endpoints)
  guardPages(server, installation)
  openWebApp(server)
  openMetrics(server, { db: installation.db, clock: installation.clock, token: settings.metricsToken })
  openManual(server, installation, { describe, limits, publicUrl: settings.publicUrl })
  const { oidc, publicUrl, log = silentLog } = settings
  openEntrance(server, installation, { oidc, publicUrl, log, rolesOf: rolesInBuildings })
  if (installation.demo && settings.mailFolder) openDemoMail(server, installation, settings.mailFolder)
  openNoticeStream(server, installation, settings.lookEvery)
  openVerification(server, installation, settings.secret)
  openUnsubscribing(server, installation, settings.secret)
  openFeeds(server, installation, dueSources, publicUrl)
  openAnnouncements(server, installation, publicUrl)
  openContact(server, installation)
  openHelp(server, installation)
  openPages(server, installation, [...pages, ...sheetImportPages(), ...devicePages(settings.push)], publicUrl)
  return server
}
