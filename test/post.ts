// A mail server and the office that sends through it, over a test's world and at an instant of its own.
import { after } from 'node:test'
import { catalogue } from '../src/app.ts'
import { sendAddressMails } from '../src/notifications/addresses/send.ts'
import { deliverDue } from '../src/notifications/delivery.ts'
import { emailChannel } from '../src/notifications/email-channel.ts'
import { sendProblemMails } from '../src/problems/mail.ts'
import { repliesTo } from '../src/problems/notices.ts'
import { smtpTransport } from '../src/notifications/smtp.ts'
import { openMailServer } from './mail-server.ts'
import type { World } from './world.ts'

export const publicUrl = 'https://nams.example.test'
export const secret = 'x'.repeat(64)

export type Office = Awaited<ReturnType<typeof openOffice>>

export const bounceDomain = 'atpakal.example.test'
export const replyDomain = 'atbalsts.example.test'

export async function openOffice(world: World) {
  const server = await openMailServer()
  const transport = smtpTransport(server.url, 'Nams <nams@example.test>')
  after(() => transport.close())
  const office = { transport, publicUrl, secret, bounceDomain }
  const post = { texts: catalogue, office, channels: { email: emailChannel({ ...office, texts: catalogue, repliesTo: repliesTo({ secret, domain: replyDomain }) }) } }
  return {
    ...server,
    post,
    /** Sends all that is due so many minutes after the world began; answers the mails of it. */
    sendAfter: async (minutes = 0) => {
      const before = server.mails.length
      const ctx = { ...world.system(), now: new Date(world.now.getTime() + minutes * 60_000) }
      await deliverDue(ctx, post, { random: () => 0 })
      await sendAddressMails(ctx, office, { random: () => 0 })
      await sendProblemMails(ctx, { ...office, replyDomain }, { random: () => 0 })
      return server.mails.slice(before)
    },
  }
}

/** The path of the first link of a mail's text that begins so. */
export const linkIn = ({ text = '' }: { text?: string }, path: string): string => {
  const [link] = new RegExp(`${publicUrl}${path}\\S*`).exec(text) ?? []
  if (!link) throw new Error(`no link to ${path} in: ${text}`)
  return link.slice(publicUrl.length)
}
