// The front page of an operation case: what comes next, and the picture of its inspections in time.
import { mayRecordInspections } from '../cases/access.ts'
import { caseFrame, casePath } from '../cases/frame.ts'
import type { OperationCase } from '../cases/case.ts'
import { feedsLink } from '../feeds/link.ts'
import type { PageRequest } from '../people/page.ts'
import { html, type Html } from '../ui/html.ts'
import { icon } from '../ui/icon.ts'
import { shortMonth, type MessageKey } from '../ui/locale.ts'
import { teller, type View } from '../ui/view.ts'
import { mayConfigure } from './actions.ts'
import { statusOf, type InspectionType } from './inspection-type.ts'
import { typeTitle } from './names.ts'
import { seeInspections } from './reading.ts'
import { timeline } from './timeline.ts'
import { exceededLimit } from './type-rules.ts'
import { everyWords, statusTag } from './words.ts'
import type { PlainDate } from '../kernel/date.ts'

/** A leaf of the calendar; the year is told where it is not this one. */
export function leaf(view: View, date: PlainDate): Html {
  const year = date.slice(0, 4)
  return html`<time class="leaf" datetime="${date}"><b>${Number(date.slice(8))}</b>${shortMonth(view.locale, date)}${year !== view.today.slice(0, 4) && html`<span>${year}</span>`}</time>`
}

/** What there is to know of a type's reminder in one sentence. */
export function reminderWords(view: View, type: InspectionType): string {
  const { t, short } = teller(view)
  if (type.remindOn === null) return t('inspections.no-reminder')
  const isTold = type.lastNotifiedOn !== null && type.lastNotifiedOn >= type.remindOn
  return isTold ? t('inspections.reminded-on', { date: short(type.lastNotifiedOn!) }) : t('inspections.remind-on', { date: short(type.remindOn) })
}

type Rights = { configures: boolean; records: boolean }

function comingItem(view: View, file: OperationCase, type: InspectionType, { configures, records }: Rights): Html {
  const { t, short } = teller(view)
  const last = type.lastPerformedOn ? t('inspections.last-on', { date: short(type.lastPerformedOn) }) : t('inspections.never')
  const name = typeTitle(view.locale, type)
  const limit = exceededLimit(type.type, type.period, file.building.isPublic)
  return html`<li class="is-${statusOf(type, view.today)}">${leaf(view, type.nextOn)}
    <div>${configures ? html`<a href="${casePath(file.number, `/inspection-types/${type.id}/history`)}">${name}</a>` : html`<strong>${name}</strong>`}
    <p>${last} · ${everyWords(view.locale, type.period)} · ${reminderWords(view, type)}.</p>
    ${limit !== undefined && html`<p class="warn">${icon('triangle-alert')} ${t('inspections.over-limit', { years: limit / 12 })}.</p>`}
    ${records && html`<p><a class="quiet" href="${casePath(file.number, `/inspections/new?type=${type.id}`)}">${t('inspections.record-this')}<span class="govuk-visually-hidden">: ${name}</span></a></p>`}</div>
    ${statusTag(view.locale, type, view.today)}</li>`
}

export async function overviewPage(request: PageRequest): Promise<Html> {
  const { ctx, view, params } = request
  const { t } = teller(view)
  const { file, types, inspections } = await seeInspections(ctx, params['number']!)
  const [configures, records] = [mayConfigure(ctx)(ctx.actor, file), mayRecordInspections(ctx.actor, file)]
  const link = (path: string, key: MessageKey, kind = '') => html`<a class="govuk-button${kind}" href="${casePath(file.number, path)}">${t(key)}</a>`
  const empty = html`<div class="empty"><p>${t('inspections.none-next')}</p><p>${t(configures ? 'inspections.none-next-may' : 'inspections.none-next-not')}</p></div>`
  const body = html`<section><h2 class="govuk-heading-m">${t('inspections.next')}</h2>
      ${types.length === 0 ? empty : html`<ul class="next">${types.map((type) => comingItem(view, file, type, { configures, records }))}</ul>`}
      <div class="acts">${records && types.length > 0 && link('/inspections/new', 'types.record')}${configures && link('/inspection-types/new', 'types.add', types.length > 0 ? ' govuk-button--secondary' : '')}</div>${feedsLink(view, file.number)}</section>
    ${types.length > 0 && html`<section><h2 class="govuk-heading-m">${t('inspections.timeline')}</h2>${timeline(view, types, inspections)}</section>`}`
  return caseFrame(request, file, { section: 'overview', body, mayConfigure: configures })
}
