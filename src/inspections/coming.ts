// What comes first in each case of a list, for the lists of cases.
import type { ComingOf } from '../cases/coming.ts'
import { html } from '../ui/html.ts'
import { teller } from '../ui/view.ts'
import { firstPlanned, type Planned } from './calendar-store.ts'
import { typeTitle } from './names.ts'
import { statusTag } from './words.ts'

export const comingInCases: ComingOf = async ({ ctx, view }, caseIds) => {
  const { short } = teller(view)
  const planned = await firstPlanned(ctx.db, caseIds)
  const words = (first: Planned) => html`<span class="first">${statusTag(view.locale, first, view.today)}
    <span><time datetime="${first.nextOn}">${short(first.nextOn)}</time> ${typeTitle(view.locale, first)}</span></span>`
  return new Map(planned.map((first) => [first.caseId, words(first)]))
}
