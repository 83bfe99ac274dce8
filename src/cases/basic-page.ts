// The basic data of an operation case, as the registers have them (DOMAIN 2.5).
import { spacedDesignation } from '../kernel/identifier.ts'
import type { Page } from '../people/page.ts'
import { html, type Piece } from '../ui/html.ts'
import { teller, type View } from '../ui/view.ts'
import { mayConfigureInspections } from './access.ts'
import type { OperationCase } from './case.ts'
import { caseFrame, casePath } from './frame.ts'
import { managersSince } from './parties-store.ts'
import { holderTable, managerFacts } from './parties-view.ts'
import { operationCase } from './store.ts'

export const facts = (rows: readonly (readonly [string, Piece])[]) =>
  html`<dl class="facts">${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`

function buildingFacts(view: View, { building, houseCase, propertyKind, number }: OperationCase) {
  const { t } = teller(view)
  return facts([
    [t('cases.column.address'), building.address],
    [t('basic.designation'), html`<span class="code">${spacedDesignation(building.designation)}</span>`],
    [t('cases.column.mainUse'), html`${building.mainUse} <span class="quiet">${building.mainUseCode}</span>`],
    [t('basic.public'), t(building.isPublic ? 'word.yes' : 'word.no')],
    [t('basic.property-kind'), t(`basic.property-kind.${propertyKind}`)],
    [t('cases.column.propertyNumber'), houseCase ? html`<span class="code">${spacedDesignation(houseCase.propertyNumber)}</span>` : t('word.none')],
    [t('basic.house-case'), houseCase ? html`<a href="${casePath(houseCase.number)}">${t('case.house', { number: houseCase.number })}</a>` : t('word.none')],
    [t('cases.column.number'), number],
  ])
}

export const basicPage: Page = {
  path: '/cases/:number/basic',
  show: async (request) => {
    const { ctx, view, params } = request
    const { t } = teller(view)
    const file = await operationCase(ctx, params['number']!)
    const managers = await managersSince(ctx.db, [file.building.id], ctx.today)
    const body = html`<section><h2 class="govuk-heading-m">${t('case.section.basic')}</h2>${buildingFacts(view, file)}</section>
      <section><h2 class="govuk-heading-m">${t('basic.management')}</h2>${managerFacts(view, managers)}</section>
      <section><h2 class="govuk-heading-m">${t('basic.holders')}</h2>${holderTable(view, file.parties.holders)}</section>
      <p class="govuk-body-s quiet">${t('basic.source')}</p>`
    return caseFrame(request, file, { section: 'basic', body, mayConfigure: mayConfigureInspections(ctx.actor, file, ctx.settings.inspectionPolicy) })
  },
}
