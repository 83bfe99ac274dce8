// Pages of consumption and of the balance, and what is exported of them, gathered.
import type { Page } from '../people/page.ts'
import { balancePage } from './balance-page.ts'
import { consumptionPage } from './consumption-page.ts'
import { consumptionExports } from './export-pages.ts'

export const consumptionPages: readonly Page[] = [consumptionPage, balancePage, ...consumptionExports]
