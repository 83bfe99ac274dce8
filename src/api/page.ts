// The page that explains the API: how to begin, what holds everywhere, and every endpoint, made from its description.
import type { FastifyInstance } from 'fastify'
import { signedIn, sendHtml, viewOf, type Installation } from '../people/door.ts'
import { groups, type Group } from '../people/endpoint.ts'
import { html, type Html } from '../ui/html.ts'
import { icon } from '../ui/icon.ts'
import { layout } from '../ui/layout.ts'
import { isMessageKey } from '../ui/locale.ts'
import { table } from '../ui/table.ts'
import { teller, type View } from '../ui/view.ts'
import { curl } from './curl.ts'
import type { ApiDocument, Operation } from './document.ts'
import { fieldsOf, type Field } from './fields.ts'
import { kinds, problemType, type Kind } from './problem.ts'

export type Manual = { document: ApiDocument; origin: string; limits: { token: number; address: number } }

type Place = { path: string; method: string; operation: Operation }

const places = ({ paths }: ApiDocument): Place[] =>
  Object.entries(paths)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })))

const block = (text: string) => html`<pre class="sample" tabindex="0"><code>${text}</code></pre>`

/** What stands between back quotes is code. */
const marked = (text: string) => text.split('`').map((part, place) => (place % 2 === 1 ? html`<code>${part}</code>` : part))

/** The description is in English, whatever the page's language. */
const english = (text: string) => html`<span lang="en">${marked(text)}</span>`

function fieldTable(view: View, caption: string, fields: readonly Field[]): Html | null {
  const { t } = teller(view)
  if (fields.length === 0) return null
  const name = ({ name, type, required }: Field) => html`<code>${name}</code> <span class="quiet">${type}${required && `, ${t('api.field.required')}`}</span>`
  return html`<h4 class="govuk-heading-s">${caption}</h4>${table(caption, [
    { head: t('api.field.name'), label: '', cell: name },
    { head: t('api.field.meaning'), label: '', cell: ({ description }) => english(description) },
  ], fields)}`
}

function takes(view: View, { components: { schemas } }: ApiDocument, { parameters = [], requestBody }: Operation): Html {
  const { t } = teller(view)
  const rows = (where: string) =>
    parameters
      .filter((parameter) => parameter.in === where)
      .map(({ name, schema, required = false, description }) => ({ ...fieldsOf({ properties: { [name]: schema } }, schemas)[0]!, required, description: description ?? schema.description ?? '' }))
  const body = requestBody?.content['application/json']
  return html`${(['path', 'query', 'header'] as const).map((where) => fieldTable(view, t(`api.fields.${where}`), rows(where)))}
    ${body && fieldTable(view, t('api.fields.body'), fieldsOf(body.schema, schemas))}`
}

function gives(view: View, { components: { schemas } }: ApiDocument, { responses }: Operation): Html {
  const { t } = teller(view)
  const done = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1].content?.['application/json']
  const answers = Object.entries(responses).map(([status, { description }]) => html`<dt>${status}</dt><dd>${english(description)}</dd>`)
  return html`<h4 class="govuk-heading-s">${t('api.answers')}</h4><dl class="facts">${answers}</dl>
    ${done && fieldTable(view, t('api.fields.answer'), fieldsOf(done.schema, schemas).map((field) => ({ ...field, required: false })))}
    ${done && block(JSON.stringify(done.example, null, 2))}`
}

/** What an endpoint does, in the page's language; one without words there says it as its description does. */
function summaryOf(view: View, { operationId, summary }: Operation): Html | string {
  const key = `api.summary.${operationId}`
  return isMessageKey(key) ? teller(view).t(key) : english(summary)
}

function endpointDetails(view: View, { document, origin }: Manual, { path, method, operation }: Place): Html {
  const { t } = teller(view)
  return html`<details class="endpoint" id="${operation.operationId}"><summary><b>${method.toUpperCase()}</b> <code>${path}</code> ${summaryOf(view, operation)}</summary>
    ${operation.description && html`<p class="govuk-body">${english(operation.description)}</p>`}
    <h4 class="govuk-heading-s">${t('api.example')}</h4>${block(curl(origin, path, method, operation, document.components.schemas))}
    ${takes(view, document, operation)}${gives(view, document, operation)}</details>`
}

function endpointGroup(view: View, manual: Manual, group: Group): Html {
  const inGroup = places(manual.document).filter(({ operation }) => operation.tags.includes(group))
  return html`<h3 class="govuk-heading-s">${teller(view).t(`api.group.${group}`)}</h3>${inGroup.map((place) => endpointDetails(view, manual, place))}`
}

function beginning(view: View, { origin }: Manual): Html {
  const { t } = teller(view)
  const first = `NAMS_TOKEN=nams_…\ncurl '${origin}/api/v1/cases' \\\n  -H "Authorization: Bearer $NAMS_TOKEN"`
  return html`<section><h2 class="govuk-heading-m">${t('api.token')}</h2><p class="govuk-body">${t('api.token.text')}</p>
      ${block('nams token --person 320047-89193 --as 49999910010')}<p class="govuk-body"><a href="/profile">${icon('key-round')} ${t('api.token.profile')}</a></p></section>
    <section><h2 class="govuk-heading-m">${t('api.first')}</h2><p class="govuk-body">${t('api.first.text')}</p>${block(first)}</section>`
}

function conventions(view: View, { limits }: Manual): Html {
  const { t } = teller(view)
  const rules = [t('api.rules.dates'), t('api.rules.language'), t('api.rules.paging'), t('api.rules.once'), t('api.rules.limits', limits)]
  const kindRow = { head: t('api.column.type'), label: '', cell: (kind: Kind) => html`<code id="problem-${kind}">${problemType(kind)}</code>` }
  return html`<section><h2 class="govuk-heading-m">${t('api.rules')}</h2><ul class="govuk-list govuk-list--bullet">${rules.map((rule) => html`<li>${marked(rule)}</li>`)}</ul></section>
    <section><h2 class="govuk-heading-m">${t('api.problems')}</h2><p class="govuk-body">${marked(t('api.problems.text'))}</p>${table(t('api.problems'), [
      { head: t('api.column.status'), label: '', cell: (kind: Kind) => kinds[kind] },
      kindRow,
      { head: t('api.column.meaning'), label: '', cell: (kind) => marked(t(`api.kind.${kind}.title`)) },
    ], Object.keys(kinds) as Kind[])}</section>`
}

export function manualPage(view: View, manual: Manual): Html {
  const { t } = teller(view)
  const body = html`<h1>${t('api.title')}</h1><p class="meta">${t('api.lead')} <a href="/api/v1/openapi.json">${t('api.document')}</a></p>
    ${beginning(view, manual)}${conventions(view, manual)}
    <section><h2 class="govuk-heading-m">${t('api.endpoints')}</h2>${groups.map((group) => endpointGroup(view, manual, group))}</section>`
  return layout(view, { title: t('api.title'), body })
}

/** For everybody, signed in or not. */
export function openManual(server: FastifyInstance, installation: Installation, { describe, limits, publicUrl }: { describe: () => ApiDocument; limits: Manual['limits']; publicUrl: string | undefined }): void {
  server.get('/api', async (request, reply) => {
    const now = installation.clock()
    const view = await viewOf(installation, request, now, await signedIn(installation, request, now))
    return sendHtml(reply, manualPage(view, { document: describe(), origin: publicUrl ?? `${request.protocol}://${request.host}`, limits }))
  })
}
