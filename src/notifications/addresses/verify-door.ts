// The link of a verification mail, open to whoever has it: looking changes nothing, since scanners look too; the button verifies.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { dateAt } from '../../kernel/date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { systemContext, type Context } from '../../people/context.ts'
import { languageOf, sendHtml, signedIn, viewOf, type Installation } from '../../people/door.ts'
import { openDoor } from '../../people/sign-in.ts'
import { unsealed } from '../../platform/secret.ts'
import { button } from '../../ui/form.ts'
import { html, type Html, type Piece } from '../../ui/html.ts'
import { layout } from '../../ui/layout.ts'
import type { MessageKey, Params } from '../../ui/locale.ts'
import { teller, type View } from '../../ui/view.ts'
import { addressOfLink, verifyAddress } from './actions.ts'
import { addressesPath, linkPurpose } from './mail.ts'

/** What a page of an open door is made of: who looks, if anybody is signed in, and in whose name it acts. */
export async function openVisit(installation: Installation, request: FastifyRequest): Promise<{ view: View; ctx: Context }> {
  const now = installation.clock()
  const { db, settings } = installation
  const view = await viewOf(installation, request, now, await signedIn(installation, request, now))
  return { view, ctx: systemContext({ db, settings, via: 'page', now, today: dateAt(now), locale: languageOf(request), log: request.log }) }
}

/** A page that says one thing. */
export function saying(view: View, title: MessageKey, text: MessageKey, more: Piece, params: Params = {}): Html {
  const { t } = teller(view)
  return layout(view, { title: t(title, params), body: html`<h1>${t(title, params)}</h1><p class="govuk-body-l">${t(text, params)}</p>${more}` })
}

const addressesLink = (view: View): Html => html`<p class="acts"><a class="govuk-button govuk-button--secondary" href="${addressesPath}">${teller(view).t('verify.addresses')}</a></p>`

const goneOr = (reply: FastifyReply, view: View) => (error: unknown) => {
  if (!(error instanceof Refusal)) throw error
  return sendHtml(reply, saying(view, 'verify.gone', 'verify.gone-text', addressesLink(view)), 410)
}

export function openVerification(server: FastifyInstance, installation: Installation, secret: string): void {
  const idOf = (request: FastifyRequest) => Number(unsealed(secret, linkPurpose, (request.params as { token: string }).token) ?? 0)
  server.get('/verify/:token', { config: openDoor }, async (request, reply) => {
    const { view, ctx } = await openVisit(installation, request)
    const form = html`<form method="post" class="acts">${button(teller(view).t('verify.button'))}</form>`
    return addressOfLink(ctx, idOf(request)).then(({ address }) => sendHtml(reply, saying(view, 'verify.title', 'verify.text', form, { address })), goneOr(reply, view))
  })
  server.post('/verify/:token', { config: openDoor }, async (request, reply) => {
    const { view, ctx } = await openVisit(installation, request)
    return verifyAddress(ctx, idOf(request)).then((address) => sendHtml(reply, saying(view, 'verify.done', 'verify.done-text', addressesLink(view), { address })), goneOr(reply, view))
  })
}
