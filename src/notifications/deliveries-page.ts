// The operator's page of deliveries: how each channel is doing, and what failed.
import { refuse } from '../kernel/refusal.ts'
import type { Page, PageRequest } from '../people/page.ts'
import { html, type Html } from '../ui/html.ts'
import { icon } from '../ui/icon.ts'
import { layout } from '../ui/layout.ts'
import { table } from '../ui/table.ts'
import { teller, type View } from '../ui/view.ts'
import { failures, health, type ChannelHealth, type Failure } from './health.ts'
import type { Catalogue } from './notice.ts'
import type { NoticeKind } from './notice-types.ts'
import { proofPath } from './proof-page.ts'

export const deliveriesPath = '/deliveries'

function waiting(view: View, seconds: number): string {
  const { t, number } = teller(view)
  if (seconds < 60) return t('deliveries.seconds', { count: Math.round(seconds) })
  return seconds < 7200 ? t('deliveries.minutes', { count: Math.round(seconds / 60) }) : t('deliveries.hours', { count: number(Math.round(seconds / 3600)) })
}

const stopItem = (view: View, { channel, stopped }: ChannelHealth): Html | null => {
  const { t, moment } = teller(view)
  return stopped && html`<div class="alarm" role="alert">${icon('triangle-alert')}<p><strong>${t('deliveries.stopped', { channel: t(`channel.${channel}`), moment: moment(stopped.since) })}</strong><br>${t(`deliveries.${stopped.obstacle === 'misconfigured' ? 'misconfigured' : 'unreachable'}`)} <small>${stopped.answer}</small></p></div>`
}

function healthTable(view: View, channels: readonly ChannelHealth[]): Html {
  const { t, number } = teller(view)
  const share = ({ sent, within }: ChannelHealth) => (sent === 0 ? t('word.none') : `${number(Math.round((1000 * within) / sent) / 10)} %`)
  const numbers = (name: 'queued' | 'deferred' | 'sent' | 'failed') => ({ head: t(`deliveries.${name}`), label: t(`deliveries.${name}`), cell: (row: ChannelHealth) => number(row[name]) })
  return table(t('deliveries.title'), [
    { head: t('deliveries.channel'), label: '', cell: ({ channel }) => html`<strong>${t(`channel.${channel}`)}</strong>` },
    numbers('queued'),
    { head: t('deliveries.oldest'), label: t('deliveries.oldest'), cell: ({ oldestSeconds }) => (oldestSeconds === 0 ? t('word.none') : waiting(view, oldestSeconds)) },
    numbers('deferred'),
    numbers('sent'),
    { head: t('deliveries.within'), label: t('deliveries.within'), cell: share },
    numbers('failed'),
  ], channels)
}

function failureTable(catalogue: Catalogue, view: View, list: readonly Failure[]): Html {
  const { t, moment } = teller(view)
  if (list.length === 0) return html`<div class="empty"><p>${t('deliveries.none-failed')}</p></div>`
  return table(t('deliveries.failures'), [
    { head: t('deliveries.at'), label: '', cell: ({ at }) => moment(at) },
    { head: t('notices.kind'), label: '', cell: ({ noticeId, kind }) => html`<a href="${proofPath({ id: noticeId })}">${catalogue[kind as NoticeKind].name(view.locale)}</a>` },
    { head: t('deliveries.recipient'), label: '', cell: ({ recipient }) => recipient },
    { head: t('deliveries.channel'), label: '', cell: ({ channel }) => t(`channel.${channel}`) },
  ], list)
}

export const deliveriesPages = (catalogue: Catalogue): readonly Page[] => [
  {
    path: deliveriesPath,
    show: async ({ ctx, view }: PageRequest) => {
      if (!ctx.actor.operator) return refuse.missing()
      const { t } = teller(view)
      const channels = await health(ctx.db, ctx.now)
      const failed = await failures(ctx.db, 50)
      const body = html`<h1>${t('deliveries.title')}</h1><p class="meta">${t('deliveries.intro')}</p>${channels.map((channel) => stopItem(view, channel))}
        ${healthTable(view, channels)}<section class="after"><h2 class="govuk-heading-m">${t('deliveries.failures')}</h2>${failureTable(catalogue, view, failed)}</section>`
      return layout(view, { title: t('deliveries.title'), body })
    },
  },
]
