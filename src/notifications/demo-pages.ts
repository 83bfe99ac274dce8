// The page of a demo's mail: what would have been sent.
import type { FastifyInstance } from 'fastify'
import { sendHtml, signedIn, viewOf, type Installation } from '../people/door.ts'
import { html, type Html } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import { teller, type View } from '../ui/view.ts'
import { keptMails, type KeptMail } from './mail-folder.ts'

/** Its addresses are links, as a mail program shows them. */
const withLinks = (text: string): Html[] => text.split(/(https?:\/\/\S+)/).map((part, place) => (place % 2 === 1 ? html`<a href="${part}">${part}</a>` : html`${part}`))

const mailItem = (view: View, mail: KeptMail): Html => {
  const { t, moment } = teller(view)
  return html`<details class="kept"><summary>${mail.subject} <small>${t('demo-mail.to', { to: mail.to })} · ${moment(mail.date)}</small></summary><pre>${withLinks(mail.text)}</pre></details>`
}

export function openDemoMail(server: FastifyInstance, installation: Installation, directory: string): void {
  server.get('/demo/mail', async (request, reply) => {
    const now = installation.clock()
    const view = await viewOf(installation, request, now, await signedIn(installation, request, now))
    const { t } = teller(view)
    const mails = await keptMails(directory)
    const body = html`<h1>${t('demo-mail.title')}</h1><p class="meta">${t('demo-mail.intro')}</p>
      ${mails.length === 0 ? html`<div class="empty"><p>${t('demo-mail.none')}</p></div>` : mails.map((mail) => mailItem(view, mail))}`
    return sendHtml(reply, layout(view, { title: t('demo-mail.title'), body }))
  })
}
