// The page of what a house consumes, by type: the meters of the whole house together, without those of its flats.
import type { HouseCase } from '../cases/case.ts'
import { casePath } from '../cases/frame.ts'
import { houseFrame } from '../cases/house-frame.ts'
import type { Context } from '../people/context.ts'
import type { Page, PageRequest } from '../people/page.ts'
import { html, type Html } from '../ui/html.ts'
import { teller, type View } from '../ui/view.ts'
import { against, chainOf, comparedWith, yearsOf } from './consumption.ts'
import { readsOf, usesUntil } from './consumption-store.ts'
import type { TypeUse } from './consumption-table.ts'
import { drawnSection, exportLinks, yearIn, yearLinks, type MeterUse } from './consumption-view.ts'
import { balancePath, hasBalance } from './balance-page.ts'
import { meterPath, metersPath } from './meter-view.ts'
import { meterTypes, type Meter } from './meter.ts'
import { seeMeters } from './seeing.ts'

export const consumptionPath = (file: Pick<HouseCase, 'number'>): string => casePath(file.number, '/consumption')

type HouseUse = TypeUse & { meters: readonly Meter[] }
export type SeenConsumption = { file: HouseCase; all: readonly Meter[]; year: number; years: readonly number[]; types: readonly HouseUse[] }

/** A type's unit where its meters have the same; those of another unit are another section. */
const groupsOf = (meters: readonly Meter[]): Meter[][] =>
  meterTypes.flatMap((type) => {
    const own = meters.filter((meter) => meter.type === type)
    return [...new Set(own.map(({ unit }) => unit))].map((unit) => own.filter((meter) => meter.unit === unit))
  })

/** What the house's meters used in the year that the address asks for, as far as the actor sees the case. */
export async function seenConsumption({ ctx, params, query }: Pick<PageRequest, 'ctx' | 'params' | 'query'>): Promise<SeenConsumption> {
  const { file, meters: all } = await seeMeters(ctx, params['number']!)
  const groups = groupsOf(all.filter(({ premises }) => premises === ''))
  const years = yearsOf(groups.flat(), ctx.today)
  const year = yearIn(query, years)
  const reads = await readsOf(ctx.db, file.id, groups.flat(), all, comparedWith(year))
  const types = groups.map((meters): HouseUse => {
    const uses = usesUntil(meters.map(({ id }) => reads.get(id)!), ctx.today)
    return { type: meters[0]!.type, unit: meters[0]!.unit, meters, comparison: against(uses, year) }
  })
  return { file, all, year, years, types }
}

/** What one meter used, with those that stood in its place before. `all`: every meter of the case. */
export async function meterUse(ctx: Context, file: HouseCase, meter: Meter, all: readonly Meter[], query: Readonly<Record<string, string>> = {}): Promise<MeterUse> {
  const chain = chainOf(meter, all)
  const years = yearsOf(chain, ctx.today)
  const year = yearIn(query, years)
  const reads = await readsOf(ctx.db, file.id, chain, all, comparedWith(year))
  const uses = usesUntil(chain.map(({ id }) => reads.get(id)!), ctx.today)
  return { meter, isKnown: chain.some(({ lastReadOn }) => lastReadOn !== null), uses, years, year }
}

function typeSection(view: View, file: HouseCase, { type, unit, meters, comparison }: HouseUse): Html {
  const { t } = teller(view)
  const title = t(`consumption.type.${type}`)
  const links = meters.filter(({ status }) => status === 'ACTIVE').map((meter, at) => html`${at > 0 && ', '}<a href="${meterPath(file, meter)}">${meter.number}</a>`)
  const name = t('consumption.of-type', { type: title.toLocaleLowerCase(view.locale), year: String(comparison.now.year) })
  return html`<section class="chart-type"><h3 class="govuk-heading-m">${title}</h3>
    ${links.length > 0 && html`<p class="govuk-body-s quiet">${t('consumption.meters')} ${links}</p>`}
    ${drawnSection(view, { id: `chart-${type}-${unit.replace(/\W/g, '')}`, name, unit, comparison })}</section>`
}

/** By type, a picture with its total and its table for each. */
export const houseConsumption = (view: View, { file, types }: SeenConsumption): Html => html`${types.map((use) => typeSection(view, file, use))}`

function emptyPage(view: View, { file, all }: SeenConsumption): Html {
  const { t } = teller(view)
  return html`<div class="empty"><p>${t(all.length === 0 ? 'meters.empty' : 'consumption.no-house-meter')}</p><p><a href="${metersPath(file)}">${t('meters.title')}</a></p></div>`
}

async function show(request: PageRequest): Promise<Html> {
  const { view } = request
  const { t } = teller(view)
  const seen = await seenConsumption(request)
  const { file, years, year, all } = seen
  const path = consumptionPath(file)
  const body = html`<h2 class="govuk-heading-l">${t('consumption.title')}</h2>
    ${seen.types.length === 0 ? emptyPage(view, seen) : html`<p class="govuk-body quiet">${t('consumption.about')}</p>${yearLinks(view, path, years, year)}${houseConsumption(view, seen)}${exportLinks(view, path, { year: String(year) })}`}
    ${hasBalance(all) && html`<p class="govuk-body after"><a href="${balancePath(file)}">${t('balance.title')}</a></p>`}`
  return houseFrame(request, file, { section: 'meters', isWithin: true, title: t('consumption.title'), body })
}

export const consumptionPage: Page = { path: '/cases/:number/consumption', show }
