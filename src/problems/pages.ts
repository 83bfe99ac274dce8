// Pages of problem reports, gathered.
import type { Page } from '../people/page.ts'
import { cannedPages } from './canned-pages.ts'
import { deskPage } from './desk-page.ts'
import { deskReportPage } from './desk-report-page.ts'
import { knownPages } from './known-pages.ts'
import { newProblemPage } from './new-page.ts'
import { ownProblemPages } from './own-pages.ts'

export const problemPages: readonly Page[] = [newProblemPage, ...ownProblemPages, deskPage, ...cannedPages, ...knownPages, deskReportPage]
