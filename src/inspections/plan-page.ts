// The page of the reminders ahead, for whoever may configure: what will be sent in twelve months, to whom, and on what condition.
import type { OperationCase } from '../cases/case.ts'
import { caseFrame } from '../cases/frame.ts'
import type { Page } from '../people/page.ts'
import { html, type Html } from '../ui/html.ts'
import { table } from '../ui/table.ts'
import { teller, type View } from '../ui/view.ts'
import { recipientsOf, type InspectionType } from './inspection-type.ts'
import { typeTitle } from './names.ts'
import { plannedReminders, type PlannedReminder } from './plan.ts'
import { openConfiguration } from './reading.ts'
import { addressedWords } from './words.ts'

/** Whom a reminder goes to as of today (INS-9 step 6). */
function toWhom(view: View, { parties }: OperationCase): string {
  const { to, recipients } = recipientsOf(parties)
  return recipients.length === 0 ? teller(view).t('plan.nobody') : addressedWords(view.locale, to, recipients.map(({ name }) => name))
}

function reminderTable(view: View, file: OperationCase, reminders: readonly PlannedReminder[]): Html {
  const { t, short } = teller(view)
  const who = toWhom(view, file)
  const column = (key: Parameters<typeof t>[0], cell: (reminder: PlannedReminder) => Html | string) => ({ head: t(key), label: t(key), cell })
  return table(t('plan.title'), [
    { ...column('plan.on', ({ on, isDue }) => html`<strong>${isDue ? t('plan.next-morning') : short(on)}</strong>`), className: 'main' },
    column('column.type', ({ type }) => typeTitle(view.locale, type)),
    column('plan.next', ({ nextOn }) => short(nextOn)),
    column('plan.to', () => who),
    column('plan.if', ({ ifDoneOn }) => html`<span class="quiet">${ifDoneOn ? t('plan.if-done', { date: short(ifDoneOn) }) : t('plan.as-set')}</span>`),
  ], reminders)
}

const listed = (title: string, items: readonly string[], about?: string) =>
  items.length > 0 &&
  html`<section><h2 class="govuk-heading-s">${title}</h2>${about && html`<p class="govuk-body">${about}</p>`}
    <ul class="govuk-list govuk-list--bullet">${items.map((item) => html`<li>${item}</li>`)}</ul></section>`

const isTold = ({ remindOn, lastNotifiedOn }: InspectionType) => remindOn !== null && lastNotifiedOn !== null && lastNotifiedOn >= remindOn

export const planPage: Page = {
  path: '/cases/:number/plan',
  show: async (request) => {
    const { ctx, view, params } = request
    const { t, short } = teller(view)
    const { file, types } = await openConfiguration(ctx, params['number']!)
    const reminders = plannedReminders(types, ctx.today)
    const name = (type: InspectionType) => ({ type: typeTitle(view.locale, type), next: short(type.nextOn) })
    const told = types.filter(isTold).map((type) => t('plan.told-item', { ...name(type), date: short(type.lastNotifiedOn!) }))
    const silent = types.filter(({ remindOn }) => remindOn === null).map((type) => t('plan.silent-item', name(type)))
    const body = html`<section><h2 class="govuk-heading-m">${t('plan.title')}</h2><p class="govuk-body">${t('plan.about')}</p>
      ${reminders.length === 0 ? html`<div class="empty"><p>${t('plan.empty')}</p></div>` : reminderTable(view, file, reminders)}</section>
      ${listed(t('plan.told'), told)}${listed(t('plan.silent'), silent, t('plan.silent-why'))}`
    return caseFrame(request, file, { section: 'plan', body, mayConfigure: true })
  },
}
