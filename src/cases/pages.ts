// Pages of cases: the lists, and what a case is.
import type { Page } from '../people/page.ts'
import { html } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import { teller } from '../ui/view.ts'

export const casePages: readonly Page[] = [
  {
    path: '/cases',
    show: async ({ view }) => {
      const { t } = teller(view)
      return layout(view, { title: t('cases.title'), section: 'cases', body: html`<h1 class="govuk-heading-xl">${t('cases.title')}</h1>` })
    },
  },
]
