// The page of the devices that are told of notices: add this one, see and remove those there are.
import { refuse, type Problem } from '../../kernel/refusal.ts'
import { deviceName } from '../../people/device.ts'
import type { Page, PageRequest } from '../../people/page.ts'
import { errorSummary, smallForm } from '../../ui/form.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon } from '../../ui/icon.ts'
import { layout } from '../../ui/layout.ts'
import { table, type Column } from '../../ui/table.ts'
import { teller, type View } from '../../ui/view.ts'
import { addDevice, removeDevice, type PushSettings } from './device-actions.ts'
import { devicesOf, type Device } from './device-store.ts'

const path = '/profile/devices'

const fields = ['endpoint', 'p256dh', 'auth'] as const

/** Why a browser did not do what was asked of it; its script shows the one that is so. */
const failures = ['unable', 'denied', 'failed'] as const

/** The button asks the browser; what it answers is sent as this form. */
function addForm({ ctx, view }: PageRequest, { publicKey }: PushSettings): Html {
  const { t } = teller(view)
  return html`<form id="device" method="post" action="${path}" data-push-key="${publicKey}" hidden>${fields.map((name) => html`<input type="hidden" name="${name}">`)}
      <p class="meta">${t('device.add-text', { profile: ctx.actor.profile.name })}</p>
      <button type="submit" class="govuk-button">${icon('bell')} ${t('device.add')}</button></form>
    <div role="alert">${failures.map((why) => html`<p class="govuk-error-message" data-push-failure="${why}" hidden>${t(`device.${why}`)}</p>`)}</div>
    <p class="empty" data-push-failure="no-scripts">${t('device.no-scripts')}</p>`
}

function deviceTable(view: View, devices: readonly Device[]): Html {
  const { t, moment } = teller(view)
  const nameOf = ({ device }: Device) => deviceName(device) ?? t('profile.unknown-device')
  const lastTold = ({ lastSentAt, isCurrent }: Device) =>
    isCurrent ? (lastSentAt ? moment(lastSentAt) : t('device.never')) : html`<span class="status soon">${icon('triangle-alert')}${t('device.outdated')}</span>`
  const columns: Column<Device>[] = [
    { head: t('profile.device'), label: t('profile.device'), cell: (row) => html`<strong>${nameOf(row)}</strong>` },
    { head: t('device.profile'), label: t('device.profile'), cell: ({ profile }) => profile },
    { head: t('device.added'), label: t('device.added'), cell: ({ createdAt }) => moment(createdAt) },
    { head: t('device.told'), label: t('device.told'), cell: lastTold },
    {
      head: html`<span class="govuk-visually-hidden">${t('device.remove')}</span>`,
      label: '',
      className: 'act',
      cell: (row) => smallForm(`${path}/${row.id}/remove`, t('device.remove'), `${nameOf(row)}, ${row.profile}`),
    },
  ]
  return devices.length > 0 ? table(t('device.list'), columns, devices) : html`<div class="empty"><p>${t('device.none')}</p></div>`
}

const devicesPage = (push: PushSettings | undefined): Page => ({
  path,
  isPrivate: true,
  show: async (request, list: readonly Problem[]) => {
    const { ctx, view } = request
    const { t } = teller(view)
    const devices = await devicesOf(ctx.db, ctx.actor.person.id, push?.publicKey ?? '')
    const body = html`${errorSummary({ locale: view.locale, list })}<h1>${t('device.title')}</h1><p class="meta">${t('device.text')}</p>
      <section>${push ? addForm(request, push) : html`<p class="empty">${t('device.not-here')}</p>`}</section>
      <section><h2 class="govuk-heading-m">${t('device.list')}</h2>${deviceTable(view, devices)}</section>`
    return layout(view, { title: t('device.title'), body, crumbs: [{ href: '/profile', text: t('profile.title') }], hasProblems: list.length > 0 })
  },
  submit: async ({ ctx, form, session }) => {
    if (!push) return refuse.missing()
    const [endpoint = '', p256dh = '', auth = ''] = fields.map((name) => form?.[name])
    await addDevice(ctx, push, { endpoint, p256dh, auth }, session.device)
    return { to: path, said: 'device-added' }
  },
})

const removal: Page = {
  path: `${path}/:id/remove`,
  submit: async ({ ctx, params }) => {
    const id = params['id'] ?? ''
    await removeDevice(ctx, /^\d{1,15}$/.test(id) ? Number(id) : refuse.missing())
    return { to: path, said: 'device-removed' }
  },
}

/** `push` undefined: this installation pushes nothing. */
export const devicePages = (push: PushSettings | undefined): readonly Page[] => [devicesPage(push), removal]
