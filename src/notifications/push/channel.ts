// The channel of push: a notice goes to all devices of its profile, encrypted and without a word about anyone (DOMAIN 6.3, INTERFACES 7.2).
import { createHash } from 'node:crypto'
import { Refusal } from '../../kernel/refusal.ts'
import type { Context } from '../../people/context.ts'
import { say } from '../../ui/locale.ts'
import type { Channel } from '../channel.ts'
import type { Letter } from '../email.ts'
import { noticeTypes } from '../notice-types.ts'
import { outcomeOf } from './answer.ts'
import { removeDevice } from './device-actions.ts'
import { devicesToTell, markTold } from './device-store.ts'
import { sendPush, type PushMessage, type PushOffice } from './send.ts'

/** Seconds that a push service keeps it for a device that is off: as long as a delivery is tried. */
const ttl = 72 * 3600

/** The same for each attempt at a notice and recipient, so that a repeat takes the place of the first. */
const topicOf = ({ id, partyId, createdAt }: Letter): string =>
  createHash('sha256').update(`${id} ${partyId} ${createdAt.getTime()}`).digest('base64url').slice(0, 32)

/** Says that there is something to read, and of what category; what it is about is read here, signed in. */
export function messageOf(letter: Letter): PushMessage & { payload: { text: string } } {
  const { category, mandatory } = noticeTypes[letter.kind]
  const payload = { id: letter.id, category, text: say(letter.language, `push.text.${category}`), language: letter.language }
  return { payload, topic: topicOf(letter), ttl, urgency: mandatory ? 'high' : 'normal' }
}

/** Removed by its person meanwhile, it is gone all the same. */
const forget = (ctx: Context, id: number) =>
  removeDevice(ctx, id).catch((error) => {
    if (!(error instanceof Refusal)) throw error
  })

export function pushChannel(office: PushOffice): Channel {
  return {
    name: 'push',
    send: async (ctx, letter) => {
      const message = messageOf(letter)
      const devices = await devicesToTell(ctx.db, letter.partyId, office.keys.publicKey, ctx.today)
      const answers = await Promise.all(devices.map((device) => sendPush(device, message, office, ctx.now)))
      const told = devices.filter((_device, at) => answers[at]!.obstacle === null)
      if (told.length > 0) await markTold(ctx.db, told.map(({ id }) => id), ctx.now)
      for (const [at, { id }] of devices.entries()) if (answers[at]!.isGone) await forget(ctx, id)
      return { ...outcomeOf(answers), said: { subject: 'Nams', text: message.payload.text } }
    },
    close: () => {},
  }
}
