// The round on paper: the same meters in the same order, with empty boxes to write in.
import { houseFrame } from '../cases/house-frame.ts'
import type { Page } from '../people/page.ts'
import { html } from '../ui/html.ts'
import { teller, type View } from '../ui/view.ts'
import { amountWords, whereWords } from './meter-view.ts'
import type { Meter } from './meter.ts'
import { roundPath } from './round-view.ts'
import { seeMeters, type SeenMeters } from './seeing.ts'

/** With scripts a button prints; without them the browser's own way is told. */
export const printButton = (view: View) => {
  const { t } = teller(view)
  return html`<button class="govuk-button" type="button" data-print hidden>${t('round.print')}</button><noscript><p class="govuk-body quiet">${t('round.print-hint')}</p></noscript>`
}

function sheet(view: View, { file }: SeenMeters, meters: readonly Meter[]) {
  const { t, short } = teller(view)
  const last = (meter: Meter) => (meter.lastReadOn === null ? [meter.initial, meter.installedOn] as const : [meter.lastValue!, meter.lastReadOn] as const)
  const places = meters.map((meter) => whereWords(view, file, meter))
  const hasPlaces = places.some((place) => place !== '')
  const row = (meter: Meter, at: number) => html`<tr><td>${at + 1}</td><td><strong>${meter.number}</strong><br>${t(`meter.type.${meter.type}`)}</td>${hasPlaces && html`<td>${places[at]}</td>`}
    <td>${amountWords(view, last(meter)[0], meter)}<br>${short(last(meter)[1])}</td><td class="round-box">${meter.unit}</td><td></td></tr>`
  const heads = (['turn', 'meter', ...(hasPlaces ? ['where' as const] : []), 'last', 'now', 'notes'] as const).map((name) => html`<th scope="col">${t(`round.sheet.${name}`)}</th>`)
  return html`<div class="round-scroll" tabindex="0" role="region" aria-label="${t('round.sheet-title')}"><table class="round-sheet"><thead><tr>${heads}</tr></thead><tbody>${meters.map(row)}</tbody></table></div>`
}

export const roundSheetPage: Page = {
  path: '/cases/:number/round/sheet',
  show: async (request) => {
    const { view } = request
    const { t } = teller(view)
    const seen = await seeMeters(request.ctx, request.params['number']!, 'walk')
    const active = seen.meters.filter(({ status }) => status === 'ACTIVE')
    const body = html`<h2 class="govuk-heading-m">${t('round.sheet-title')}</h2><p class="round-signed"><span>${t('round.sheet.date')}</span><span>${t('round.sheet.reader')}</span></p>
      ${active.length === 0 ? html`<div class="empty"><p>${t('round.empty')}</p></div>` : sheet(view, seen, active)}
      <div class="acts">${printButton(view)}<a class="govuk-link cancel" href="${roundPath(seen.file)}">${t('round.title')}</a></div>`
    return houseFrame(request, seen.file, { section: 'meters', isWithin: true, title: t('round.sheet-title'), body })
  },
}
