// Sign-in through the provider, as pages: off to it, back from it, and out again.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { OidcConfig } from '../platform/config.ts'
import type { Log } from '../platform/log.ts'
import { html, type Html } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import { teller, type View } from '../ui/view.ts'
import { keepAttempt, takeAttempt } from './attempt.ts'
import { systemContext } from './context.ts'
import { sendHtml, viewOf, type Installation } from './door.ts'
import { identityOf, SignInRefused, type RefusedSignIn } from './identity.ts'
import { newAttempt, type Provider } from './oidc.ts'
import { personOf } from './oidc-person.ts'
import { letIn, openDoor, safePath, type Leaving } from './sign-in.ts'

export type ProviderSettings = {
  provider: Provider
  claims: OidcConfig['claims']
  /** This site's own address, as configured: never what a request says. */
  home: () => string
  log: Log
}

/** These pages are reached by forms and by the provider; their other language is the sign-in page's. */
const signInView = async (installation: Installation, request: FastifyRequest): Promise<View> => ({
  ...(await viewOf(installation, request, installation.clock(), undefined)),
  here: '/sign-in',
})

/** Sends the browser on from a page of its own: the policy lets forms lead to this site only, also through redirects. */
function sendOnward(reply: FastifyReply, view: View, address: URL, words: 'onward' | 'leaving'): FastifyReply {
  const { t } = teller(view)
  const title = t(`sign-in.${words}`, { host: address.host })
  const body = html`<h1>${title}</h1><p class="meta">${t(`sign-in.${words}-text`)}</p>
    <p><a class="govuk-button" href="${address.href}">${t('sign-in.continue')}</a></p>`
  return sendHtml(reply.header('refresh', `0; url=${address.href}`), layout(view, { title, body }))
}

const statusOf: Record<RefusedSignIn, number> = { cancelled: 403, expired: 400, untrusted: 400, 'no-code': 403, 'no-name': 403, unavailable: 503 }

function refusedPage(view: View, reason: RefusedSignIn): Html {
  const { t } = teller(view)
  const title = t(`sign-in.refused.${reason}.title`)
  const body = html`<h1>${title}</h1><p class="govuk-body-l">${t(`sign-in.refused.${reason}.text`)}</p>
    <p><a class="govuk-button" href="/sign-in">${t('sign-in.again')}</a></p>`
  return layout(view, { title, body })
}

/** Whatever keeps a person out is a page for them and a line for the operator. */
const orRefused =
  (installation: Installation, log: Log, open: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    try {
      return await open(request, reply)
    } catch (error) {
      if (!(error instanceof SignInRefused)) throw error
      log.warn({ reason: error.reason, detail: error.detail }, 'sign-in refused')
      return sendHtml(reply, refusedPage(await signInView(installation, request), error.reason), statusOf[error.reason])
    }
  }

export function openProviderSignIn(server: FastifyInstance, installation: Installation, { provider, claims, home, log }: ProviderSettings): void {
  const callback = () => new URL('/sign-in/callback', home())

  const start = async (request: FastifyRequest, reply: FastifyReply) => {
    const { to } = (request.body ?? {}) as { to?: string }
    const view = await signInView(installation, request)
    const attempt = newAttempt()
    const address = await provider.begin(attempt, callback().href, view.locale)
    keepAttempt(reply, { ...attempt, to: safePath(to) }, { now: installation.clock(), secure: installation.secure })
    return sendOnward(reply, view, address, 'onward')
  }

  const comeBack = async (request: FastifyRequest, reply: FastifyReply) => {
    const now = installation.clock()
    const { to, ...attempt } = takeAttempt(request, reply, now)
    const back = Object.assign(callback(), { search: new URL(request.url, home()).search })
    const identity = identityOf(await provider.finish(attempt, back), claims)
    const { locale } = await signInView(installation, request)
    const ctx = systemContext({ db: installation.db, settings: installation.settings, log, via: 'page', now, locale })
    const person = await personOf(ctx, identity)
    return letIn(installation, request, reply, { personId: person.id, to })
  }

  server.post('/sign-in/start', { config: openDoor }, orRefused(installation, log, start))
  server.get('/sign-in/callback', { config: openDoor }, orRefused(installation, log, comeBack))
}

/** Whoever leaves here leaves the provider too, where it has a place for that. */
export const leaveProvider =
  (installation: Installation, { provider, home }: ProviderSettings): Leaving =>
  async (request, reply) => {
    const address = await provider.leave(new URL('/sign-in', home()).href)
    return address ? sendOnward(reply, await signInView(installation, request), address, 'leaving') : reply.redirect('/sign-in', 303)
  }
