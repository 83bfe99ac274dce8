// Operators' pages of announcements: a new one, how it will be read in both languages, and publishing, changing and cancelling it.
import { refuse, type Problem } from '../kernel/refusal.ts'
import { installation } from '../history/actions.ts'
import { actionsOn, caseEvents } from '../history/store.ts'
import { beforeOf, history } from '../history/views.ts'
import { idOf, type Page, type PageRequest, type Values } from '../people/page.ts'
import { button, errorSummary } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import { locales } from '../ui/locale.ts'
import { teller, type View } from '../ui/view.ts'
import { announcementFor, cancelAnnouncement, changeAnnouncement, draftAnnouncement, publishAnnouncement } from './actions.ts'
import { isClosed, stateAt, type Announcement } from './announcement.ts'
import { followPage } from './follow-page.ts'
import { announcementDraftOf, announcementFields, emptyForm, formOf } from './form.ts'
import { announcementItem } from './list-view.ts'
import { announcementsPath, managePath } from './words.ts'

const frame = (view: View, title: string, body: Html, hasProblems = false) =>
  layout(view, { title, body, hasProblems, crumbs: [{ href: announcementsPath, text: teller(view).t('announcements.title') }] })

function formBody({ view }: PageRequest, title: string, form: Values, list: readonly Problem[], action: string, back: string): Html {
  const { t } = teller(view)
  const problems = { locale: view.locale, list }
  const body = html`${errorSummary(problems)}<h1>${title}</h1><p class="meta">${t('announcement.form.text')}</p>
    <form class="form" method="post" action="${action}" novalidate>${form['revision'] && html`<input type="hidden" name="revision" value="${form['revision']}">`}${announcementFields(view, form, problems)}
    <div class="acts">${button(t('action.save'))}<a class="govuk-link cancel" href="${back}">${t('action.cancel')}</a></div></form>`
  return frame(view, title, body, list.length > 0)
}

const newPage: Page = {
  path: `${announcementsPath}/new`,
  show: async (request, list) => {
    if (!request.ctx.actor.operator) return refuse.missing()
    return formBody(request, teller(request.view).t('announcement.new'), request.form ?? emptyForm, list, `${announcementsPath}/new`, announcementsPath)
  },
  submit: async ({ ctx, form }) => ({ to: managePath(await draftAnnouncement(ctx, announcementDraftOf(form!))), said: 'announcement-drafted' }),
}

const editPage: Page = {
  path: `${announcementsPath}/:id/edit`,
  show: async (request, list) => {
    const announcement = await announcementFor(request.ctx, idOf(request.params['id']))
    const place = managePath(announcement.id)
    return formBody(request, teller(request.view).t('announcement.edit'), { ...(request.form ?? formOf(announcement)), revision: String(announcement.revision) }, list, `${place}/edit`, place)
  },
  submit: async ({ ctx, params, form }) => {
    const id = idOf(params['id'])
    await changeAnnouncement(ctx, id, { ...announcementDraftOf(form!), revision: Number(form!['revision']) })
    return { to: managePath(id), said: 'announcement-changed' }
  },
}

function deeds(view: View, announcement: Announcement, now: Date): Html | null {
  const { t } = teller(view)
  if (isClosed(announcement, now)) return null
  const place = managePath(announcement.id)
  const state = stateAt(announcement, now)
  const cancel = t(state === 'draft' ? 'announcement.discard' : state === 'now' ? 'announcement.end' : 'announcement.cancel')
  return html`<form method="post" action="${place}"><div class="acts">${state === 'draft' && button(t('announcement.publish'), { name: 'step', value: 'publish' })}
    <a class="govuk-button govuk-button--secondary" href="${place}/edit">${t('action.edit')}</a>${button(cancel, { name: 'step', value: 'cancel', warning: true })}</div></form>`
}

const onePage: Page = {
  path: `${announcementsPath}/:id`,
  show: async ({ ctx, view, params, query }, list) => {
    const { t } = teller(view)
    const announcement = await announcementFor(ctx, idOf(params['id']))
    const { id, title, audience, isUrgent, leadHours } = announcement
    const facts = [t(`announcement.audience.${audience}`), t('announcement.lead', { hours: leadHours }), isUrgent && t('announcement.isUrgent')].filter(Boolean).join(' · ')
    const previews = locales.map((locale) => html`<section class="told-text" lang="${locale}">${announcementItem({ ...view, locale }, announcement, ctx.now)}</section>`)
    const events = await caseEvents(ctx.db, installation, { actions: actionsOn('announcement'), subjectId: id, before: beforeOf(query) })
    const body = html`${errorSummary({ locale: view.locale, list })}<h1>${title[view.locale]}</h1><p class="meta">${facts}</p>
      <h2 class="govuk-heading-m">${t('announcement.preview')}</h2>${previews}${deeds(view, announcement, ctx.now)}
      <section class="after"><h2 class="govuk-heading-m">${t('announcement.history')}</h2>${history(view, events, managePath(id), query)}</section>`
    return frame(view, title[view.locale], body, list.length > 0)
  },
  submit: async ({ ctx, params, form }) => {
    const id = idOf(params['id'])
    if (form!['step'] === 'publish') {
      await publishAnnouncement(ctx, id)
      return { to: managePath(id), said: 'announcement-published' }
    }
    await cancelAnnouncement(ctx, id)
    return { to: managePath(id), said: 'announcement-cancelled' }
  },
}

export const announcementPages: readonly Page[] = [followPage, newPage, editPage, onePage]
