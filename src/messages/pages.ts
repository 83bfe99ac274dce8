// Pages of messages in a house, gathered.
import type { Page } from '../people/page.ts'
import { draftPage, newPage, removalPage } from './form-pages.ts'
import { receivedPage } from './received-page.ts'
import { sentPage } from './sent-page.ts'
import { templatePages } from './template-pages.ts'

export const messagePages: readonly Page[] = [receivedPage, sentPage, newPage, draftPage, removalPage, ...templatePages]
