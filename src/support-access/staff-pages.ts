// Pages of support: to begin looking by the number of a report, to look in another of the person's profiles, and to end it.
import type { Problem } from '../kernel/refusal.ts'
import { refuse } from '../kernel/refusal.ts'
import { casePath } from '../cases/frame.ts'
import { profileWords } from '../people/choice-page.ts'
import type { Page, PageRequest } from '../people/page.ts'
import { button, errorSummary, input } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { icon } from '../ui/icon.ts'
import { layout } from '../ui/layout.ts'
import { supportPath } from '../ui/looking-frame.ts'
import { teller } from '../ui/view.ts'
import { chooseLookedAt, endLook, profilesLookedAt, startLook } from './look-actions.ts'

async function showStart({ ctx, view, form, query }: PageRequest, list: readonly Problem[]): Promise<Html> {
  if (!ctx.actor.support) return refuse.missing()
  const { t } = teller(view)
  const problems = { locale: view.locale, list }
  const title = t('look.title')
  const body = html`${errorSummary(problems)}<h1>${title}</h1><p class="govuk-body-l">${t('look.lead')}</p>
    <form class="form" method="post" action="${supportPath}" novalidate>
      ${input({ name: 'report', label: t('look.report'), hint: t('look.report.hint'), value: (form ?? query)['report'] ?? '', width: '10', problems })}
      <div class="acts">${button(t('look.start'))}</div></form>`
  return layout(view, { title, body, hasProblems: list.length > 0 })
}

async function showProfiles({ ctx, view, session }: PageRequest, list: readonly Problem[]): Promise<Html> {
  const { t } = teller(view)
  const { profiles, chosenId } = await profilesLookedAt(ctx, session)
  const choice = (profile: (typeof profiles)[number]) =>
    profile.party.id === chosenId
      ? html`<li class="people-current" aria-current="true">${profileWords(view, profile)}<em>${icon('check')}${t('profile.current')}</em></li>`
      : html`<li><button name="profile" value="${profile.party.id}">${profileWords(view, profile)}</button></li>`
  const body = html`${errorSummary({ locale: view.locale, list })}<h1>${t('looking.profile')}</h1><p class="meta">${t('look.profiles')}</p>
    <form method="post" action="${supportPath}/profile"><ul class="people-list" id="profile">${profiles.map(choice)}</ul></form>`
  return layout(view, { title: t('looking.profile'), body, hasProblems: list.length > 0 })
}

const start: Page = {
  path: supportPath,
  ofSupport: true,
  show: showStart,
  submit: async ({ ctx, session, form }) => {
    const covered = await startLook(ctx, session, form!['report'] ?? '')
    return { to: covered === null ? '/' : casePath(covered) }
  },
}

const turn: Page = {
  path: `${supportPath}/profile`,
  ofSupport: true,
  show: showProfiles,
  submit: async ({ ctx, view, session, form }) => {
    await chooseLookedAt(ctx, session, Number(form!['profile']))
    return { to: view.looking?.caseNumber ? casePath(view.looking.caseNumber) : '/' }
  },
}

const end: Page = {
  path: `${supportPath}/end`,
  ofSupport: true,
  submit: async ({ ctx, session }) => {
    await endLook(ctx, session)
    return { to: supportPath, said: 'look-ended' }
  },
}

export const lookPages: readonly Page[] = [start, turn, end]
