// The page on which an import is undone: what that does, and of meters which stay as they are.
import { refuse } from '../kernel/refusal.ts'
import type { Page, PageRequest } from '../people/page.ts'
import { button, textarea } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { teller } from '../ui/view.ts'
import { openImported, type SheetImport, type What } from './import-record.ts'
import { undoPlan } from './undo-meters.ts'
import { undoImport } from './undo.ts'
import { framed, idOf, importPath } from './upload-view.ts'

function readingsText({ view }: PageRequest, { file, importedAt, accepted, warned }: SheetImport): Html {
  const { t, moment } = teller(view)
  return html`<p class="govuk-body">${t('sheet-import.readings.undo-text', { file, at: moment(importedAt), count: accepted + warned })}</p>`
}

const most = 100

async function metersText({ ctx, view }: PageRequest, { id, file, importedAt }: SheetImport): Promise<Html> {
  const { t, moment } = teller(view)
  const { remove, restore, keep } = await undoPlan(ctx, id)
  const kept = keep.slice(0, most).map(({ number, code }) => html`<li><b>${number}</b>: ${t(`undo.kept.${code}`)}</li>`)
  const rest = keep.length > most && html`<li>${t('sheet-import.kept-more', { count: keep.length - most })}</li>`
  return html`<p class="govuk-body">${t('sheet-import.meters.undo-text', { file, at: moment(importedAt), removed: remove.length, restored: restore.length })}</p>
    ${keep.length > 0 && html`<h2 class="govuk-heading-s">${t('sheet-import.kept')}</h2><ul class="govuk-list govuk-list--bullet">${kept}${rest}</ul>`}`
}

/** An import of this kind, for whoever made it. */
async function importOf({ ctx }: PageRequest, what: What, id: number): Promise<SheetImport> {
  const found = await openImported(ctx, id)
  return found.what === what ? found : refuse.missing()
}

export const undoPage = (what: What): Page => ({
  path: `/${what}/imports/:id/undo`,
  show: async (request, list) => {
    const { view, form } = request
    const { t } = teller(view)
    const made = await importOf(request, what, idOf(request))
    const text = what === 'readings' ? readingsText(request, made) : await metersText(request, made)
    const body = html`${text}
      <form class="form" method="post" novalidate>${textarea({ name: 'justification', label: t('field.justification'), hint: t('field.justification.hint'), value: form?.['justification'] ?? '', problems: { locale: view.locale, list } })}
      <div class="acts">${button(t('sheet-import.undo'), { warning: true })}<a class="govuk-link cancel" href="${importPath(what)}">${t('action.cancel')}</a></div></form>`
    return framed(request, what, t('sheet-import.undo-title'), body, list)
  },
  submit: async (request) => {
    const { id } = await importOf(request, what, idOf(request))
    await undoImport(request.ctx, id, request.form!['justification'] ?? '')
    return { to: importPath(what), said: 'sheet-import-undone' }
  },
})
