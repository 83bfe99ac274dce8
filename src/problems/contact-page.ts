// How to reach support: by telephone and mail in its hours, and by a form that needs no account.
import type { Problem } from '../kernel/refusal.ts'
import type { SupportTargets } from '../people/context.ts'
import type { Values } from '../people/page.ts'
import { button, errorSummary, input } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import { contactPath, reportPath } from '../ui/report-link.ts'
import { teller, type View } from '../ui/view.ts'
import { circumstanceFields, whatFields, whenFields } from './form.ts'
import { problemsPath } from './paths.ts'

export type Contact = { phone?: string | undefined; email?: string | undefined }

/** A telephone's link has its digits alone. */
const phoneLink = (phone: string) => html`<a href="tel:${phone.replace(/[^\d+]/g, '')}">${phone}</a>`

function ways(view: View, { phone, email }: Contact, { from, to }: SupportTargets): Html {
  const { t } = teller(view)
  const hours = t('contact.hours', { from, to })
  return html`<dl class="contact">${phone && html`<div><dt>${t('contact.phone')}</dt><dd>${phoneLink(phone)}</dd></div>`}
    ${email && html`<div><dt>${t('contact.email')}</dt><dd><a href="mailto:${email}">${email}</a></dd></div>`}<div><dt>${t('contact.hours.name')}</dt><dd>${hours}</dd></div></dl>`
}

function writingForm(view: View, form: Values, list: readonly Problem[]): Html {
  const { t } = teller(view)
  const problems = { locale: view.locale, list }
  return html`<h2 class="govuk-heading-m">${t('contact.write')}</h2><p class="govuk-body">${t('contact.write.text')}</p>
    <form class="form" method="post" action="${contactPath}" novalidate>${whatFields(view, form, problems)}${whenFields(view, form, problems)}
    ${input({ name: 'replyName', label: t('contact.name'), value: form['replyName'] ?? '', autocomplete: 'name', problems })}
    ${input({ name: 'replyAddress', label: t('contact.address'), hint: t('contact.address.hint'), value: form['replyAddress'] ?? '', type: 'email', autocomplete: 'email', problems })}
    ${circumstanceFields(view, form)}<div class="acts">${button(t('problem-report.send'))}</div></form>`
}

/** Whoever is signed in is led to a report of their own, which answers in the inbox. */
export function contactPage(view: View, contact: Contact, targets: SupportTargets, form: Values, list: readonly Problem[]): Html {
  const { t } = teller(view)
  const own = html`<div class="acts"><a class="govuk-button" href="${reportPath}">${t('nav.report-problem')}</a><a class="govuk-button govuk-button--secondary" href="${problemsPath}">${t('problem-report.own')}</a></div>`
  const body = html`${errorSummary({ locale: view.locale, list })}<h1>${t('contact.title')}</h1>${ways(view, contact, targets)}${view.viewer ? own : writingForm(view, form, list)}`
  return layout(view, { title: t('contact.title'), body, hasProblems: list.length > 0 })
}

export function sentPage(view: View, number: string, address: string): Html {
  const { t } = teller(view)
  const body = html`<h1>${t('contact.sent')}</h1><p class="govuk-body-l">${t('contact.sent.text', { number, address })}</p>`
  return layout(view, { title: t('contact.sent'), body })
}
