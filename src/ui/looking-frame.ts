// Above every page that support looks at: whose view it is, why and until when, the way to the person's other profiles, and the end.
import { html, type Html } from './html.ts'
import { icon } from './icon.ts'
import { teller, type View } from './view.ts'

export const supportPath = '/support-access'

export function lookingFrame(view: View): Html | null {
  const { t, moment } = teller(view)
  if (!view.looking || !view.viewer) return null
  const { person, report, until, caseNumber } = view.looking
  const { represents, profile } = view.viewer
  const who = represents === 'self' ? t('nav.for-self') : t('nav.for', { profile })
  const about = [who, caseNumber && t('looking.case', { number: caseNumber }), t('looking.report', { report }), t('looking.until', { moment: moment(until) })].filter(Boolean).join(' · ')
  return html`<aside class="looking" aria-label="${t('looking.label')}"><div class="wrap">${icon('eye')}<p><strong>${t('looking.whose', { person })}</strong> <span>${about}</span></p>
    <div><a href="${supportPath}/profile">${t('looking.profile')}</a><form method="post" action="${supportPath}/end"><button>${t('looking.end')}</button></form></div></div></aside>
`
}
