// The page that sets the order of walking: each meter up or down, saved when all is in its place.
import { refuse } from '../kernel/refusal.ts'
import { houseFrame } from '../cases/house-frame.ts'
import type { Page, PageRequest } from '../people/page.ts'
import { button } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { icon } from '../ui/icon.ts'
import { teller, type View } from '../ui/view.ts'
import { meterName, whereWords } from './meter-view.ts'
import type { Meter } from './meter.ts'
import { arrangeRound } from './round-actions.ts'
import { roundPath } from './round-view.ts'
import { seeMeters } from './seeing.ts'

const idsOf = (text: string) => text.split(',').map(Number).filter(Number.isSafeInteger)

/** The ids with one of them a place up or down, where it can be. */
function moved(ids: readonly number[], asked: string): number[] {
  const [id = '', way] = asked.split(' ')
  const at = ids.indexOf(Number(id))
  const to = way === 'up' ? at - 1 : at + 1
  return at < 0 || to < 0 || to >= ids.length ? [...ids] : ids.with(at, ids[to]!).with(to, ids[at]!)
}

/** The active meters as the form has them; as they stand where it says nothing. */
async function orderOf({ ctx, params, form }: PageRequest) {
  const { file, meters, managed } = await seeMeters(ctx, params['number']!, 'walk')
  const active = meters.filter(({ status }) => status === 'ACTIVE')
  if (active.some(({ buildingId }) => !managed.includes(buildingId))) return refuse.forbidden()
  const ids = form?.['order'] ? idsOf(form['order']) : active.map(({ id }) => id)
  const asked = form?.['move'] ? moved(ids, form['move']) : ids
  const turn = ({ id }: Meter) => (asked.includes(id) ? asked.indexOf(id) : asked.length)
  return { file, meters: active.toSorted((one, other) => turn(one) - turn(other)) }
}

function turnButtons(view: View, meter: Meter, at: number, last: number): Html {
  const { t } = teller(view)
  const move = (way: 'up' | 'down', isEdge: boolean) => html`<button class="round-move" name="move" value="${meter.id} ${way}"${isEdge && html` disabled`}>${icon(`arrow-${way}`)}<span class="govuk-visually-hidden">${t(`round.${way}`)}: ${meterName(view, meter)}</span></button>`
  return html`${move('up', at === 0)}${move('down', at === last)}`
}

export const roundOrderPage: Page = {
  path: '/cases/:number/round/order',
  show: async (request) => {
    const { view } = request
    const { t } = teller(view)
    const { file, meters } = await orderOf(request)
    const row = (meter: Meter, at: number) => html`<li><b class="round-turn">${at + 1}</b><span>${meterName(view, meter)}<small>${whereWords(view, file, meter)}</small></span>${turnButtons(view, meter, at, meters.length - 1)}</li>`
    const body = html`<h2 class="govuk-heading-m">${t('round.order')}</h2><p class="govuk-body">${t('round.order-text')}</p>
      <form method="post" action="${roundPath(file, '/order')}"><input type="hidden" name="order" value="${meters.map(({ id }) => id).join(',')}">
      <ol class="round-order">${meters.map(row)}</ol><div class="acts">${button(t('action.save'), { name: 'step', value: 'save' })}<a class="govuk-link cancel" href="${roundPath(file)}">${t('action.cancel')}</a></div></form>`
    return houseFrame(request, file, { section: 'meters', isWithin: true, title: t('round.order'), body })
  },
  submit: async (request) => {
    if (request.form!['move']) return roundOrderPage.show!(request, [])
    const number = request.params['number']!
    await arrangeRound(request.ctx, number, idsOf(request.form!['order'] ?? ''))
    return { to: roundPath({ number }), said: 'round-arranged' }
  },
}
