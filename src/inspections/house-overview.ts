// The front page of a house case: what comes next in its buildings, the property, its buildings, and who manages and holds them.
import type { Holder } from '../buildings/building.ts'
import { facts } from '../cases/basic-page.ts'
import type { HouseCase } from '../cases/case.ts'
import type { DueInHouse } from '../cases/coming.ts'
import { casePath } from '../cases/frame.ts'
import { houseFrame } from '../cases/house-frame.ts'
import { managersSince } from '../cases/parties-store.ts'
import { holderTable, managerFacts } from '../cases/parties-view.ts'
import { houseCase } from '../cases/store.ts'
import { feedsLink } from '../feeds/link.ts'
import { spacedDesignation } from '../kernel/identifier.ts'
import type { PageRequest } from '../people/page.ts'
import { html, type Html } from '../ui/html.ts'
import { table } from '../ui/table.ts'
import { teller, type View } from '../ui/view.ts'
import { plannedIn, type Planned } from './calendar-store.ts'
import { plannedItem } from './planned-item.ts'
import { statusTag } from './words.ts'

/** More is left to the calendar. */
const mostShown = 20

function comingSection(view: View, planned: readonly Planned[]): Html {
  const { t } = teller(view)
  if (planned.length === 0) return html`<div class="empty"><p>${t('house.none-next')}</p></div>`
  return html`<ul class="next">${planned.slice(0, mostShown).map((one) => plannedItem(view, one))}</ul>${
    planned.length > mostShown && html`<p class="govuk-body"><a href="/calendar">${t('house.rest', { count: planned.length - mostShown })}</a></p>`
  }`
}

function buildingTable(view: View, { buildings }: HouseCase, planned: readonly Planned[]): Html {
  const { t, short } = teller(view)
  const first = (number: string) => planned.find(({ caseNumber }) => caseNumber === number)
  const next = (number: string) => {
    const one = first(number)
    return one ? html`${statusTag(view.locale, one, view.today)} ${short(one.nextOn)}` : html`<span class="none">${t('cases.nothing-planned')}</span>`
  }
  const column = (name: string, cell: (row: HouseCase['buildings'][number]) => Html | string) => ({ head: name, label: name, cell })
  return table(t('house.buildings'), [
    { ...column(t('cases.column.address'), ({ building, caseNumber }) => html`<a href="${casePath(caseNumber)}">${building.address}</a>`), label: '', className: 'main' },
    { ...column(t('house.operation-case'), ({ caseNumber }) => caseNumber), className: 'code' },
    { ...column(t('cases.column.designation'), ({ building }) => spacedDesignation(building.designation)), className: 'code' },
    column(t('cases.column.mainUse'), ({ building }) => building.mainUse),
    column(t('cases.column.next'), ({ caseNumber }) => next(caseNumber)),
  ], buildings)
}

/** So many rights are read at once; more are there when asked for. */
const fewHolders = 12

/** Each building's holders, under its address where there are several buildings. */
function holderSections(view: View, { buildings }: HouseCase): Html[] {
  const { t } = teller(view)
  const title = (address: string, designation: string) =>
    buildings.length > 1 && html`<h3 class="govuk-heading-s">${address} <span class="quiet">${spacedDesignation(designation)}</span></h3>`
  const holders = (all: readonly Holder[]) =>
    all.length <= fewHolders ? holderTable(view, all) : html`<details class="table"><summary>${t('house.show-holders', { count: all.length })}</summary>${holderTable(view, all)}</details>`
  return buildings.map(({ building, parties }) => html`${title(building.address, building.designation)}${holders(parties.holders)}`)
}

export async function houseOverview(request: PageRequest, dueInHouse: DueInHouse): Promise<Html> {
  const { ctx, view, params } = request
  const { t } = teller(view)
  const file = await houseCase(ctx, params['number']!)
  const ids = file.buildings.map(({ building }) => building.id)
  const planned = await plannedIn(ctx.db, ids)
  const property = facts([
    [t('basic.property-kind'), t(`basic.property-kind.${file.propertyKind}`)],
    [t('cases.column.propertyNumber'), html`<span class="code">${spacedDesignation(file.propertyNumber)}</span>`],
    [t('cases.column.number'), file.number],
  ])
  const section = (title: string, body: Html | Html[]) => html`<section><h2 class="govuk-heading-m">${title}</h2>${body}</section>`
  const body = html`${section(t('inspections.next'), html`${await dueInHouse(request, file)}${comingSection(view, planned)}${feedsLink(view, file.number)}`)}${section(t('house.buildings'), buildingTable(view, file, planned))}
    ${section(t('case.section.basic'), property)}${section(t('basic.management'), managerFacts(view, await managersSince(ctx.db, ids, ctx.today)))}
    ${section(t('basic.holders'), holderSections(view, file))}<p class="govuk-body-s quiet">${t('basic.source')}</p>`
  return houseFrame(request, file, { section: 'overview', body })
}
