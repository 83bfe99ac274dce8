// The door of the contact page, open to everyone; what is sent through it is few by each address and in all.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { dateAt } from '../kernel/date.ts'
import { refuse, Refusal, refuseIfAny, type Problem } from '../kernel/refusal.ts'
import { systemContext } from '../people/context.ts'
import { deviceName } from '../people/device.ts'
import { sendHtml, signedIn, viewOf, type Installation } from '../people/door.ts'
import { keepRequest, lastRequests } from '../people/last-requests.ts'
import type { Values } from '../people/page.ts'
import { openDoor } from '../people/sign-in.ts'
import { version } from '../platform/version.ts'
import { timeOfDay } from '../ui/locale.ts'
import { contactPath, reportPath } from '../ui/report-link.ts'
import { teller, type View } from '../ui/view.ts'
import { contactProblems, reportWithoutAccount } from './contact-actions.ts'
import { contactPage, sentPage } from './contact-page.ts'
import { filledIn, reportDraftOf } from './form.ts'
import { numberOf, topicOfPage } from './problem-report.ts'
import { targetsOf } from './report-actions.ts'

/** Reports without an account in an hour. */
export const hourly = { address: 5, all: 100 }

const textsOf = (source: unknown): Values => Object.fromEntries(Object.entries((source ?? {}) as Record<string, unknown>).map(([name, value]) => [name, String(value)]))

function begun(view: View, request: FastifyRequest, now: Date): Values {
  const page = textsOf(request.query)['page'] ?? ''
  const agent = request.headers['user-agent'] ?? ''
  const known = { page, browser: deviceName(agent) ?? agent.slice(0, 200), language: teller(view).t('problem-report.language.own'), version, requests: lastRequests(request).join(', ') }
  return { kind: 'problem', topic: topicOfPage(page) ?? '', happenedOn: dateAt(now), happenedAt: timeOfDay('lv', now), ...filledIn(known) }
}

export function openContact(server: FastifyInstance, installation: Installation): void {
  const { db, clock, settings, secure } = installation
  const hour = { timeWindow: 3_600_000 }
  const perAddress = server.createRateLimit({ ...hour, max: hourly.address })
  const inAll = server.createRateLimit({ ...hour, max: hourly.all, keyGenerator: () => 'all' })
  const contact = settings.contact ?? {}

  const show = (reply: FastifyReply, view: View, form: Values, problems: readonly Problem[] = [], status = 200) =>
    sendHtml(keepRequest(reply, secure), contactPage(view, contact, targetsOf({ settings }), form, problems), status)

  server.get(contactPath, { config: openDoor }, async (request, reply) => {
    const now = clock()
    const view = await viewOf(installation, request, now, await signedIn(installation, request, now))
    return show(reply, view, begun(view, request, now))
  })

  server.post(contactPath, { config: openDoor }, async (request, reply) => {
    const now = clock()
    const view = await viewOf(installation, request, now, await signedIn(installation, request, now))
    if (view.viewer) return reply.redirect(reportPath, 303)
    const form = textsOf(request.body)
    const ctx = systemContext({ db, via: 'page', settings, log: request.log, now, locale: view.locale })
    try {
      const draft = reportDraftOf(form)
      const writer = { name: form['replyName'] ?? '', address: form['replyAddress'] ?? '' }
      refuseIfAny(contactProblems(draft, writer, now))
      for (const limit of [perAddress, inAll]) {
        const taken = await limit(request)
        if (!taken.isAllowed && taken.isExceeded) refuse.field('', 'too-many-reports')
      }
      const id = await reportWithoutAccount(ctx, draft, writer)
      return sendHtml(keepRequest(reply, secure), sentPage(view, numberOf(id), (form['replyAddress'] ?? '').trim()))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return show(reply, view, form, error.problems, error.problems.some(({ code }) => code === 'too-many-reports') ? 429 : 422)
    }
  })
}
