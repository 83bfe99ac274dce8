// The table of contents: every capability's pages and endpoints, put on one server.
import type { FastifyInstance } from 'fastify'
import { casePages } from './cases/pages.ts'
import { calendarPages } from './inspections/calendar.ts'
import { comingInCases } from './inspections/coming.ts'
import { inspectionNotices } from './inspections/notices.ts'
import { inspectionsPages } from './inspections/pages.ts'
import { openDemoMail } from './notifications/demo-pages.ts'
import { inboxPages } from './notifications/pages.ts'
import { guardPages, openPages, type Installation } from './people/door.ts'
import type { Page } from './people/page.ts'
import { peoplePages } from './people/pages.ts'
import { openDemoSignIn, openLeaving } from './people/sign-in.ts'
import { createServer } from './platform/http.ts'

const pages: readonly Page[] = [...casePages(comingInCases), ...calendarPages, ...inspectionsPages, ...inboxPages(inspectionNotices), ...peoplePages]

export type AppSettings = {
  secret: string
  trustProxy: boolean
  logger: boolean
  /** Where a demo without a mail server keeps its mail. */
  mailFolder?: string
}

export async function createApp(installation: Installation, settings: AppSettings): Promise<FastifyInstance> {
  const server = await createServer({ ...settings, secure: installation.secure })
  guardPages(server, installation)
  openLeaving(server, installation)
  if (installation.demo) openDemoSignIn(server, installation)
  if (installation.demo && settings.mailFolder) openDemoMail(server, installation, settings.mailFolder)
  openPages(server, installation, pages)
  return server
}
