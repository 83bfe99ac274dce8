// Pages of problem reports, gathered.
import type { Page } from '../people/page.ts'
import { newProblemPage } from './new-page.ts'
import { ownProblemPages } from './own-pages.ts'

export const problemPages: readonly Page[] = [newProblemPage, ...ownProblemPages]
