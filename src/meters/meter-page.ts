// The page of one meter: a field for the next reading, its readings by year, and all that is set (DOMAIN 3.1, MTR-5).
import type { Problem } from '../kernel/refusal.ts'
import { facts } from '../cases/basic-page.ts'
import { houseFrame } from '../cases/house-frame.ts'
import type { Page, PageRequest } from '../people/page.ts'
import { button, errorSummary } from '../ui/form.ts'
import { html, type Html, type Piece } from '../ui/html.ts'
import { withQuery } from '../ui/pager.ts'
import { teller, type View } from '../ui/view.ts'
import { answerChoices, type Questioned } from './answer-form.ts'
import { meterUse } from './consumption-page.ts'
import { exportLinks, meterChart, type MeterUse } from './consumption-view.ts'
import { addressWords, amountWords, dueTag, meterName, meterPath, statusTag, validityTag } from './meter-view.ts'
import type { Meter } from './meter.ts'
import { submitReading } from './reading-actions.ts'
import { readingDraftOf, readingFields } from './reading-form.ts'
import { readingYears, type ReadingYears } from './reading-list.ts'
import { lastEstimates, readingAmong, type Among } from './reading-store.ts'
import { readingSections, takenNotice } from './reading-view.ts'
import { openMeter, seeMeter, type SeenMeter } from './seeing.ts'
import * as store from './store.ts'

function meterFacts(view: View, { file, meter, lead }: SeenMeter, all: readonly Meter[]): Html {
  const { t, short } = teller(view)
  const link = (other: Meter) => html`<a href="${meterPath(file, other)}">${meterName(view, other)}</a>`
  const [before, after] = [all.find(({ id }) => id === meter.replacesId), all.find(({ replacesId }) => replacesId === meter.id)]
  const rows: (readonly [string, Piece] | undefined)[] = [
    [t('meter.field.type'), t(`meter.type.${meter.type}`)],
    [t('meter.field.unit'), meter.unit],
    [t('meter.field.number'), meter.number],
    [t('meter.field.installedOn'), short(meter.installedOn)],
    [t('meter.field.initial'), amountWords(view, meter.initial, meter)],
    [t('meter.field.status'), statusTag(view, meter)],
    [t('meter.field.validUntil.name'), html`${meter.validUntil === null ? t('word.none') : short(meter.validUntil)} ${validityTag(view, meter, lead)}`],
    [t('meter.field.periodMonths.name'), html`${t('meter.period', { count: meter.periodMonths })} ${dueTag(view, meter)}`],
    [t('meter.field.where'), addressWords(view, file, meter) || t('meter.field.designation.whole')],
    before && [t('meter.field.replaces'), link(before)],
    after && [t('meter.field.replaced-by'), link(after)],
  ]
  return facts(rows.filter((row) => row !== undefined))
}

/** What the page shows beside its meter. `questioned`: where the value alone is questioned, below the last (A-38). */
type Shown = { all: readonly Meter[]; use: MeterUse; years: ReadingYears; taken: Among | undefined; questioned: Questioned | undefined }

async function shownOf({ ctx, query }: PageRequest, seen: SeenMeter, problems: readonly Problem[]): Promise<Shown> {
  const { file, meter } = seen
  const isQuestioned = problems.some(({ code }) => code === 'value-below-previous')
  const until = /^(1[89]|2[01])\d\d$/.test(query['until'] ?? '') ? Number(query['until']) : undefined
  const all = await store.meters(ctx.db, file.id)
  return {
    all,
    use: await meterUse(ctx, file, meter, all, query),
    years: await readingYears(ctx.db, meter, until),
    taken: query['read'] === undefined ? undefined : await readingAmong(ctx.db, meter, query['read']),
    questioned: isQuestioned ? { ...seen, estimates: await lastEstimates(ctx.db, meter) } : undefined,
  }
}

function entry({ view, form }: PageRequest, { file, meter }: SeenMeter, questioned: Questioned | undefined, list: readonly Problem[]): Html {
  const { t } = teller(view)
  return html`<section><h3 class="govuk-heading-m" id="reading">${t('reading.add')}</h3>
    <form class="form meter-entry" method="post" action="${meterPath(file, meter)}" novalidate>${readingFields(view, meter, form ?? {}, { locale: view.locale, list })}
    <div class="acts">${button(t('action.save'))}</div></form>
    ${questioned && answerChoices(view, questioned, { ...form!, readOn: readingDraftOf(form!).readOn })}</section>`
}

function links(view: View, { file, meter, mayChange }: SeenMeter): Html {
  const { t } = teller(view)
  const link = (path: string, text: string) => html`<a class="govuk-button govuk-button--secondary" href="${path}">${text}</a>`
  const changes = mayChange && html`${link(meterPath(file, meter, '/edit'), t('meters.edit-title'))}
    ${meter.status === 'ACTIVE' && link(withQuery(meterPath(file, meter, '/answer'), { answer: 'replaced' }), t('meters.replace'))}
    ${meter.lastReadOn === null && link(meterPath(file, meter, '/remove'), t('meters.remove'))}`
  return html`<div class="acts">${changes}${link(meterPath(file, meter, '/history'), t('case.section.history'))}</div>`
}

function meterBody(request: PageRequest, seen: SeenMeter, { all, use, years, taken, questioned }: Shown, problems: readonly Problem[]): Html {
  const { view } = request
  const { t } = teller(view)
  const { file, meter, mayChange } = seen
  const enters = mayChange && meter.status === 'ACTIVE'
  return html`${errorSummary({ locale: view.locale, list: problems })}<h2 class="govuk-heading-l meter-title" id="meter">${meterName(view, meter)}</h2>
    <p class="meter-tags">${statusTag(view, meter)} ${dueTag(view, meter)} ${validityTag(view, meter, seen.lead)}</p>
    ${taken && takenNotice(view, seen, taken)}
    ${enters ? entry(request, seen, questioned, problems) : html`<p class="govuk-body quiet">${t(mayChange ? 'problem.meter.inactive-meter' : 'meters.read-only')}</p>`}
    ${use.isKnown && html`<section id="consumption"><h3 class="govuk-heading-m">${t('consumption.title')}</h3>${meterChart(view, use, meterPath(file, meter))}</section>`}
    <section><h3 class="govuk-heading-m" id="readings">${t('readings.title')}</h3>${readingSections(view, { ...seen, ...years })}${meter.lastReadOn !== null && exportLinks(view, meterPath(file, meter, '/readings'))}</section>
    <section><h3 class="govuk-heading-m">${t('meter.facts')}</h3>${meterFacts(view, seen, all)}${links(view, seen)}</section>`
}

export const meterPage: Page = {
  path: '/cases/:number/meters/:id',
  show: async (request, problems) => {
    const { ctx, view, params } = request
    const seen = await seeMeter(ctx, params['number']!, params['id']!)
    const body = meterBody(request, seen, await shownOf(request, seen, problems), problems)
    return houseFrame(request, seen.file, { section: 'meters', isWithin: true, title: meterName(view, seen.meter), body, hasProblems: problems.length > 0 })
  },
  submit: async (request) => {
    const { file, meter } = await openMeter(request.ctx, request.params['number']!, request.params['id']!)
    const { reading, verdict } = await submitReading(request.ctx, file.number, meter.id, readingDraftOf(request.form!))
    return { to: withQuery(meterPath(file, meter), { read: reading.readOn }), said: verdict.verdict === 'warned' ? 'reading-warned' : 'reading-added' }
  },
}
