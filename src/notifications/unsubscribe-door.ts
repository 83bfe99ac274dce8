// The link by which mails are switched off, open to whoever has it: looking changes nothing, a POST does, with cookies or without.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sendHtml, type Installation } from '../people/door.ts'
import { openDoor } from '../people/sign-in.ts'
import { button } from '../ui/form.ts'
import { html } from '../ui/html.ts'
import { teller, type View } from '../ui/view.ts'
import { openVisit, saying } from './addresses/verify-door.ts'
import { subscriptionOf, switchMails, type Subscription } from './unsubscribe.ts'

const names = (view: View, { categories }: Subscription) => ({ names: categories.map((category) => teller(view).t(`category.${category}`)).join(', ') })

const again = (view: View) =>
  html`<form method="post" class="acts">${button(teller(view).t('unsubscribe.again'), { name: 'again', value: 'yes', secondary: true })}</form>`

const confirm = (view: View) => html`<form method="post" class="acts">${button(teller(view).t('unsubscribe.button'))}</form>`

export function openUnsubscribing(server: FastifyInstance, installation: Installation, secret: string): void {
  const visit = async (request: FastifyRequest) => {
    const subscription = subscriptionOf(secret, (request.params as { token: string }).token)
    return { subscription, ...(await openVisit(installation, request)) }
  }
  server.get('/u/:token', { config: openDoor }, async (request, reply) => {
    const { subscription, view } = await visit(request)
    if (!subscription) return sendHtml(reply, saying(view, 'unsubscribe.forged', 'unsubscribe.forged-text', null), 404)
    return sendHtml(reply, saying(view, 'unsubscribe.title', 'unsubscribe.text', confirm(view), names(view, subscription)))
  })
  server.post('/u/:token', { config: { ...openDoor, takesToken: true } }, async (request, reply) => {
    const { subscription, view, ctx } = await visit(request)
    if (!subscription) return sendHtml(reply, saying(view, 'unsubscribe.forged', 'unsubscribe.forged-text', null), 404)
    const isAgain = (request.body as { again?: string } | undefined)?.again === 'yes'
    await switchMails(ctx, subscription, isAgain ? 'on' : 'off')
    if (isAgain) return sendHtml(reply, saying(view, 'unsubscribe.on', 'unsubscribe.on-text', null, names(view, subscription)))
    return sendHtml(reply, saying(view, 'unsubscribe.done', 'unsubscribe.done-text', again(view), names(view, subscription)))
  })
}
