// The page of a notice's proof: for each recipient what was sent, when, what was answered, and when it was opened.
import type { Page } from '../people/page.ts'
import { refuse } from '../kernel/refusal.ts'
import { html, type Html } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import { isMessageKey } from '../ui/locale.ts'
import { teller, type View } from '../ui/view.ts'
import type { EAddressProof } from './eaddress/store.ts'
import { noticePath, noticeText, type Catalogue, type Notice } from './notice.ts'
import { seeProof, type Attempt, type DeliveryProof, type RecipientProof } from './proof.ts'

export const proofPath = (notice: Pick<Notice, 'id'>): string => `${noticePath(notice)}/proof`

/** Our own words for an answer that is ours, such as `silence`; else the other side's. */
function answerWords(view: View, answer: string): string {
  const key = `proof.answer.${answer}`
  return isMessageKey(key) ? teller(view).t(key) : answer
}

function attemptItem(view: View, { at, obstacle, answer }: Attempt): Html {
  const { t, moment } = teller(view)
  return html`<li><time datetime="${at.toISOString()}">${moment(at)}</time> ${t(obstacle === null ? 'proof.taken' : `proof.${obstacle}`)} <small>${answerWords(view, answer)}</small></li>`
}

/** What the e-address service said, and the day on which it counts as served. */
function officialWords(view: View, { servedOn, acceptedAt, deliveredAt, isConfirmed }: EAddressProof): Html {
  const { t, long, moment } = teller(view)
  const told = [
    acceptedAt && t('proof.eaddress.accepted', { moment: moment(acceptedAt) }),
    deliveredAt && t('proof.eaddress.delivered', { moment: moment(deliveredAt) }),
    isConfirmed && t('proof.eaddress.confirmed'),
  ].filter(Boolean)
  return html`${servedOn && html`<p><strong>${t('proof.served', { date: long(servedOn) })}</strong></p>`}${told.length > 0 && html`<p class="quiet">${told.join(' ')}</p>`}`
}

function deliveryItem(view: View, delivery: DeliveryProof): Html {
  const { t, moment } = teller(view)
  const { channel, state, sentAt, readyAt, subject, text, attempts, answer, official } = delivery
  const when = sentAt ? moment(sentAt) : state === 'queued' && t('proof.not-before', { moment: moment(readyAt) })
  const alone = attempts.length === 0 && answer !== null
  return html`<li class="proof-delivery"><h3><strong>${t(`channel.${channel}`)}</strong> <span class="status${state === 'failed' && html` overdue`}${state === 'queued' && html` soon`}">${t(`proof.state.${state}`)}</span> ${when && html`<small>${when}</small>`}</h3>
    ${alone && html`<p class="quiet">${answerWords(view, answer)}</p>`}
    ${attempts.length > 0 && html`<ol class="proof-attempts">${attempts.map((attempt) => attemptItem(view, attempt))}</ol>`}
    ${official && officialWords(view, official)}
    ${text && html`<details class="filters"><summary>${t('proof.as-sent')}</summary><p><strong>${subject}</strong></p><pre class="proof-text">${text}</pre></details>`}</li>`
}

function recipientItem(view: View, { name, isOwn, readAt, readBy, deliveries }: RecipientProof): Html {
  const { t, moment } = teller(view)
  const opened = readAt ? t('notices.read-by', { name: readBy ?? '', moment: moment(readAt) }) : t('proof.not-opened')
  return html`<section class="proof"><h2 class="govuk-heading-s">${name}${isOwn && html` <small>${t('proof.own')}</small>`}</h2>
    <p>${t('proof.inbox')} · ${opened}</p>
    ${deliveries.length > 0 ? html`<ul class="proof-list">${deliveries.map((delivery) => deliveryItem(view, delivery))}</ul>` : html`<p class="quiet">${t('proof.inbox-only')}</p>`}</section>`
}

/** For whoever sees several: how many there are, how many opened it, and how many nothing but the list of notices reached. */
function overview(view: View, recipients: readonly RecipientProof[]): Html {
  const { t } = teller(view)
  const isThrough = ({ state }: DeliveryProof) => state === 'sent' || state === 'delivered'
  const counts = {
    recipients: recipients.length,
    opened: recipients.filter(({ readAt }) => readAt !== null).length,
    sent: recipients.filter(({ deliveries }) => deliveries.some(isThrough)).length,
    waiting: recipients.filter(({ deliveries }) => !deliveries.some(isThrough) && deliveries.some(({ state }) => state === 'queued')).length,
  }
  return html`<p class="govuk-body">${t('proof.overview', counts)}</p>`
}

const idOf = (text: string | undefined): number => (text && /^\d{1,15}$/.test(text) ? Number(text) : refuse.missing())

export const proofPages = (catalogue: Catalogue): readonly Page[] => [
  {
    path: '/notices/:id/proof',
    show: async ({ ctx, view, params }) => {
      const { t, moment } = teller(view)
      const { notice, recipients, more } = await seeProof(ctx, idOf(params['id']))
      const { title, about } = noticeText(catalogue, view.locale, notice)
      const told = t('proof.told', { moment: moment(notice.createdAt), sender: notice.sender ?? t('history.system') })
      const body = html`<h1>${t('proof.title')}</h1><p class="govuk-body-l">${title}</p><p class="meta">${about} · ${told}</p>
        ${!more && recipients.length > 1 && overview(view, recipients)}${recipients.map((recipient) => recipientItem(view, recipient))}${more && html`<p class="quiet">${t('proof.more')}</p>`}`
      const isRecipient = recipients.some(({ isOwn }) => isOwn)
      const crumbs = [{ href: '/notices', text: t('nav.notices') }, ...(isRecipient ? [{ href: noticePath(notice), text: title }] : [])]
      return layout(view, { title: t('proof.title'), section: 'notices', body, crumbs })
    },
  },
]
