// The page on which a signed-in person reports a problem, asks or suggests: filled in with what the program knows.
import { examineUploads } from '../attachments/examine.ts'
import { dateAt } from '../kernel/date.ts'
import type { Problem } from '../kernel/refusal.ts'
import { onceForForm } from '../history/idempotency.ts'
import { deviceName } from '../people/device.ts'
import type { Page, PageRequest, Values } from '../people/page.ts'
import { profilesOf } from '../people/people.ts'
import { safePath } from '../people/sign-in.ts'
import { newSecret } from '../platform/secret.ts'
import { version } from '../platform/version.ts'
import { button, errorSummary } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import { timeOfDay } from '../ui/locale.ts'
import { reportPath } from '../ui/report-link.ts'
import { teller } from '../ui/view.ts'
import { circumstanceFields, filledIn, profileField, reportDraftOf, whatFields, whenFields } from './form.ts'
import { problemPath, problemsPath } from './paths.ts'
import { picturesField } from './pictures.ts'
import { topicOfPage } from './problem-report.ts'
import { reportProblem } from './report-actions.ts'

const clockAt = (now: Date) => timeOfDay('lv', now)

/** What a form begins with. */
function begun({ ctx, view, query, session, requestIds }: PageRequest): Values {
  const page = query['page'] ?? ''
  const known = { page, browser: deviceName(session.device) ?? session.device, language: teller(view).t('problem-report.language.own'), version, requests: requestIds.join(', ') }
  return { kind: 'problem', topic: topicOfPage(page) ?? '', happenedOn: dateAt(ctx.now), happenedAt: clockAt(ctx.now), profile: String(ctx.actor.profile.id), ...filledIn(known) }
}

async function show(request: PageRequest, list: readonly Problem[]): Promise<Html> {
  const { ctx, view } = request
  const { t } = teller(view)
  const problems = { locale: view.locale, list }
  const form = request.form ?? begun(request)
  const profiles = await profilesOf(ctx.db, ctx.actor.person.id, ctx.today)
  const body = html`${errorSummary(problems)}<h1>${t('problem-report.new')}</h1><p class="meta">${t('problem-report.lead')} <a href="${problemsPath}">${t('problem-report.own')}</a></p>
    <form class="form" method="post" action="${reportPath}" enctype="multipart/form-data" novalidate><input type="hidden" name="key" value="${form['key'] ?? newSecret()}">
    ${whatFields(view, form, problems)}${whenFields(view, form, problems)}${profiles.length > 1 ? profileField(view, form, profiles, problems) : html`<input type="hidden" name="profile" value="${form['profile'] ?? ''}">`}
    ${picturesField(view, problems, ctx.settings)}${circumstanceFields(view, form)}
    <div class="acts">${button(t('problem-report.send'))}<a class="govuk-link cancel" href="${safePath(form['page'])}">${t('action.cancel')}</a></div></form>`
  return layout(view, { title: t('problem-report.new'), body, hasProblems: list.length > 0 })
}

export const newProblemPage: Page = {
  path: reportPath,
  takesUploads: true,
  show,
  submit: async ({ ctx, form, uploads }) => {
    const profileId = Number(form!['profile'] || ctx.actor.profile.id)
    const files = await examineUploads(ctx, uploads)
    const id = await onceForForm(ctx, form!, (own) => reportProblem(own, reportDraftOf(form!), profileId, files))
    return { to: problemPath(id), said: 'problem-reported' }
  },
}
