// Labels to print and stick beside the meters: each has a QR code that opens its meter's page.
import { encode } from 'uqr'
import { houseFrame } from '../cases/house-frame.ts'
import type { Page, PageRequest } from '../people/page.ts'
import { html, trusted, type Html } from '../ui/html.ts'
import { teller, type View } from '../ui/view.ts'
import { addressWords, meterName, meterPath, metersPath } from './meter-view.ts'
import type { Meter } from './meter.ts'
import { printButton } from './round-sheet-page.ts'
import { seeMeters, type SeenMeters } from './seeing.ts'

/** Squares of light around the code, as its standard asks for. */
const quiet = 4

/** A QR code as a picture: one path of unit squares, named for readers of screens. */
export function qrCode(text: string, name: string): Html {
  const { data, size } = encode(text, { ecc: 'M', border: quiet })
  const squares = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
  return html`<svg class="meter-qr" viewBox="0 0 ${size} ${size}" role="img" aria-label="${name}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${trusted(squares.join(''))}"/></svg>`
}

function label(view: View, { file }: SeenMeters, meter: Meter, origin: string): Html {
  const { t } = teller(view)
  const address = addressWords(view, file, meter) || [...new Set(file.buildings.map(({ building }) => building.address))].join('; ')
  return html`<li>${qrCode(origin + meterPath(file, meter), t('labels.code', { name: meterName(view, meter) }))}
    <p><strong>${meter.number}</strong><span>${t(`meter.type.${meter.type}`)}</span><span>${address}</span><small>${t('case.house', { number: file.number })}</small></p></li>`
}

function labelsBody({ view, origin }: PageRequest, seen: SeenMeters): Html {
  const { t } = teller(view)
  const active = seen.meters.filter(({ status }) => status === 'ACTIVE')
  if (active.length === 0) return html`<div class="empty"><p>${t('round.empty')}</p></div>`
  return html`<p class="govuk-body meter-screen">${t('labels.text')}</p><div class="acts">${printButton(view)}</div><ul class="meter-labels">${active.map((meter) => label(view, seen, meter, origin))}</ul>`
}

export const labelsPage: Page = {
  path: '/cases/:number/meters/labels',
  show: async (request) => {
    const title = teller(request.view).t('labels.title')
    const seen = await seeMeters(request.ctx, request.params['number']!, 'walk')
    const back = html`<p class="govuk-body after meter-screen"><a href="${metersPath(seen.file)}">${teller(request.view).t('meters.title')}</a></p>`
    const body = html`<h2 class="govuk-heading-m">${title}</h2>${labelsBody(request, seen)}${back}`
    return houseFrame(request, seen.file, { section: 'meters', isWithin: true, title, body })
  },
}
