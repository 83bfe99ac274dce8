// Pages of known problems: the list, a new one, and one to be edited or told to be solved.
import type { Problem } from '../kernel/refusal.ts'
import { idOf, type Page, type PageRequest, type Values } from '../people/page.ts'
import { button, errorSummary, input, textarea } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import { table } from '../ui/table.ts'
import { teller, type View } from '../ui/view.ts'
import { asSupport } from './desk-actions.ts'
import type { Known, KnownDraft } from './desk-store.ts'
import { addKnown, editKnown, knownForDesk, knownForDeskById, solveKnown } from './known-actions.ts'
import { deskPath, knownPath } from './paths.ts'

const fields = ['titleLv', 'titleEn', 'textLv', 'textEn'] as const

const draftOf = (form: Values): KnownDraft => ({ titleLv: form['titleLv'] ?? '', titleEn: form['titleEn'] ?? '', textLv: form['textLv'] ?? '', textEn: form['textEn'] ?? '' })

const stateWords = (view: View, { solvedAt }: Known) => (solvedAt ? teller(view).t('desk.known.solved', { moment: teller(view).moment(solvedAt) }) : teller(view).t('desk.known.open'))

const titleOf = (view: View, { titleLv, titleEn }: KnownDraft) => (view.locale === 'lv' ? titleLv : titleEn)

const frame = (view: View, title: string, body: Html, list: readonly Problem[]) =>
  layout(view, { title, section: 'desk', body, crumbs: [{ href: deskPath, text: teller(view).t('desk.title') }, { href: knownPath, text: teller(view).t('desk.known') }], hasProblems: list.length > 0 })

function draftForm(view: View, form: Values, list: readonly Problem[], action: string): Html {
  const { t } = teller(view)
  const problems = { locale: view.locale, list }
  const field = (name: (typeof fields)[number]) => ({ name, label: t(`desk.known.${name}`), value: form[name] ?? '', problems })
  return html`<form class="form" method="post" action="${action}" novalidate>${input(field('titleLv'))}${input(field('titleEn'))}${textarea({ ...field('textLv'), rows: 4 })}${textarea({ ...field('textEn'), rows: 4 })}
    <div class="acts">${button(t('action.save'), { name: 'step', value: 'save' })}<a class="govuk-link cancel" href="${knownPath}">${t('action.cancel')}</a></div></form>`
}

const listPage: Page = {
  path: knownPath,
  show: async ({ ctx, view }) => {
    const { t, number } = teller(view)
    const all = await knownForDesk(ctx)
    const list = table(t('desk.known'), [
      { head: t('desk.known.one'), label: '', className: 'main', cell: (one) => html`<a href="${knownPath}/${one.id}">${titleOf(view, one)}</a>` },
      { head: t('desk.known.reports'), label: t('desk.known.reports'), cell: ({ reports }) => number(reports) },
      { head: t('desk.known.state'), label: t('desk.known.state'), cell: (one) => stateWords(view, one) },
    ], all)
    const body = html`<h1>${t('desk.known')}</h1><div class="acts above"><a class="govuk-button" href="${knownPath}/new">${t('desk.known.new')}</a></div>
      ${all.length === 0 ? html`<div class="empty"><p>${t('desk.known.empty')}</p></div>` : list}`
    return layout(view, { title: t('desk.known'), section: 'desk', body, crumbs: [{ href: deskPath, text: t('desk.title') }] })
  },
}

const newPage: Page = {
  path: `${knownPath}/new`,
  show: async ({ ctx, view, form }, list) => {
    asSupport(ctx)
    const title = teller(view).t('desk.known.new')
    return frame(view, title, html`${errorSummary({ locale: view.locale, list })}<h1>${title}</h1>${draftForm(view, form ?? {}, list, `${knownPath}/new`)}`, list)
  },
  submit: async ({ ctx, form }) => ({ to: `${knownPath}/${await addKnown(ctx, draftOf(form!))}`, said: 'known-saved' }),
}

function solvingForm({ view }: PageRequest, { id }: Known, form: Values, list: readonly Problem[]): Html {
  const { t } = teller(view)
  const problems = { locale: view.locale, list }
  const field = (name: 'saidLv' | 'saidEn') => textarea({ name, label: t(`desk.known.${name}`), value: form[name] ?? '', rows: 4, problems })
  return html`<section class="after"><h2 class="govuk-heading-m">${t('desk.known.solve')}</h2><p class="govuk-body">${t('desk.known.solve.text')}</p>
    <form class="form" method="post" action="${knownPath}/${id}" novalidate>${field('saidLv')}${field('saidEn')}<div class="acts">${button(t('desk.known.solve'), { name: 'step', value: 'solve' })}</div></form></section>`
}

const onePage: Page = {
  path: `${knownPath}/:id`,
  show: async (request, list) => {
    const { ctx, view, params } = request
    const { t } = teller(view)
    const known = await knownForDeskById(ctx, idOf(params['id']))
    const form = request.form ?? {}
    const draft = form['step'] === 'save' ? form : { ...known, id: '', createdAt: '', solvedAt: '', reports: '' }
    const body = html`${errorSummary({ locale: view.locale, list })}<h1>${titleOf(view, known)}</h1><p class="meta">${stateWords(view, known)} · ${t('desk.known.reports')}: ${known.reports}</p>
      ${known.solvedAt ? html`<p class="written">${view.locale === 'lv' ? known.textLv : known.textEn}</p>` : html`${draftForm(view, draft, list, `${knownPath}/${known.id}`)}${solvingForm(request, known, form, list)}`}`
    return frame(view, titleOf(view, known), body, list)
  },
  submit: async ({ ctx, params, form }) => {
    const id = idOf(params['id'])
    const to = `${knownPath}/${id}`
    if (form!['step'] === 'solve') return solveKnown(ctx, id, { lv: form!['saidLv'] ?? '', en: form!['saidEn'] ?? '' }).then(() => ({ to, said: 'known-solved' }))
    await editKnown(ctx, id, draftOf(form!))
    return { to, said: 'known-saved' }
  },
}

export const knownPages: readonly Page[] = [listPage, newPage, onePage]
