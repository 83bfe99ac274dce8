// The round: all active meters of a house in walking order on one page for the phone, each row saved by itself.
import { isDate, type PlainDate } from '../kernel/date.ts'
import type { Problem } from '../kernel/refusal.ts'
import { houseFrame } from '../cases/house-frame.ts'
import type { Page, PageRequest } from '../people/page.ts'
import { button, dateInput } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { typedDate } from '../ui/locale.ts'
import { withQuery } from '../ui/pager.ts'
import { teller } from '../ui/view.ts'
import { metersPath } from './meter-view.ts'
import { submitReading } from './reading-actions.ts'
import { readingDraftOf } from './reading-form.ts'
import { lastOfEach } from './reading-store.ts'
import { isDone, roundPath, roundProgress, roundRow, type Round, type Row } from './round-view.ts'
import { openMeter, seeMeters, type SeenMeters } from './seeing.ts'

type Day = { on: PlainDate; typed: string; problems: readonly Problem[] }

/** The day of the round, today unless another is asked for; never one to come. */
function dayOf({ ctx, query, form }: PageRequest): Day {
  const typed = form?.['readOn'] ?? query['on'] ?? ctx.today
  const on = typedDate(typed)
  if (!isDate(on)) return { on: ctx.today, typed, problems: typed === '' ? [] : [{ field: 'on', code: 'date-format' }] }
  return on > ctx.today ? { on: ctx.today, typed, problems: [{ field: 'on', code: 'date-in-future' }] } : { on, typed, problems: [] }
}

async function roundOf({ ctx, form }: PageRequest, { file, meters, managed }: SeenMeters, { on }: Day, problems: readonly Problem[]): Promise<Round> {
  const active = meters.filter(({ status }) => status === 'ACTIVE')
  const readings = await lastOfEach(ctx.db, active.filter((meter) => isDone({ meter }, on)))
  const rows = active.map((meter, at): Row => {
    const isTyped = form?.['meter'] === String(meter.id)
    return { meter, turn: at + 1, readings: readings.get(meter.id) ?? [], mayChange: managed.includes(meter.buildingId), problems: isTyped ? problems : [], typed: isTyped ? form : undefined }
  })
  return { file, on, rows }
}

/** Folded while the day is today, so that a phone shows the first field at once. */
function dayForm({ view }: PageRequest, { file }: Round, { on, typed, problems: list }: Day): Html {
  const { t, short } = teller(view)
  const isOpen = on !== view.today || list.length > 0
  return html`<details class="round-day"${isOpen && html` open`}><summary>${t('round.on')}: ${short(on)}</summary>
    <form method="get" action="${roundPath(file)}" novalidate>${dateInput({ name: 'on', label: t('round.on'), value: typed, problems: { locale: view.locale, list } })}
    ${button(t('round.change-day'), { secondary: true })}</form></details>`
}

function roundBody(request: PageRequest, round: Round, day: Day): Html {
  const { view } = request
  const { t } = teller(view)
  const { file, rows } = round
  const mayChange = rows.some((row) => row.mayChange)
  const link = (path: string, text: string) => html`<a class="govuk-button govuk-button--secondary" href="${path}">${text}</a>`
  if (rows.length === 0) return html`<div class="empty"><p>${t('round.empty')}</p><p><a href="${metersPath(file)}">${t('meters.title')}</a></p></div>`
  return html`${!mayChange && html`<p class="govuk-body quiet">${t('meters.read-only')}</p>`}${dayForm(request, round, day)}${roundProgress(view, round)}
    <ol class="round">${rows.map((row) => roundRow(view, round, row))}</ol>
    <div class="acts">${link(roundPath(file, '/sheet'), t('round.sheet'))}${rows.every((row) => row.mayChange) && rows.length > 1 && link(roundPath(file, '/order'), t('round.order'))}</div>`
}

export const roundPage: Page = {
  path: '/cases/:number/round',
  show: async (request, problems) => {
    const title = teller(request.view).t('round.title')
    const seen = await seeMeters(request.ctx, request.params['number']!, 'walk')
    const day = dayOf(request)
    const round = await roundOf(request, seen, day, problems)
    const body = html`<h2 class="govuk-heading-m">${title}</h2>${roundBody(request, round, day)}`
    return houseFrame(request, seen.file, { section: 'meters', isWithin: true, title, body, hasProblems: problems.length > 0 || day.problems.length > 0 })
  },
  submit: async (request) => {
    const { file, meter } = await openMeter(request.ctx, request.params['number']!, request.form!['meter'] ?? '')
    const { reading } = await submitReading(request.ctx, file.number, meter.id, readingDraftOf(request.form!))
    return { to: `${withQuery(roundPath(file), { on: reading.readOn === request.ctx.today ? '' : reading.readOn })}#row-${meter.id}` }
  },
}
