// The channel of e-mail: to the address verified now (DOMAIN 6.3), alone or as the day's digest.
import type { Context } from '../people/context.ts'
import type { Channel, Outcome } from './channel.ts'
import { digestOf, mailOf, type Addressed, type Letter, type Sender } from './email.ts'
import { Undelivered, type Mail, type MailTransport } from './mail.ts'

const isAddressed = (letter: Letter): letter is Addressed => letter.address !== null

export type EmailOffice = Sender & { transport: MailTransport }

export function emailChannel({ transport, ...sender }: EmailOffice): Channel {
  const carry = async (mail: Mail): Promise<Outcome> => {
    const said = { subject: mail.subject, text: mail.text }
    try {
      return { obstacle: null, answer: await transport.send(mail), said }
    } catch (error) {
      if (error instanceof Undelivered) return { obstacle: error.obstacle, answer: error.message, said }
      throw error
    }
  }
  const sendAll = async (letters: readonly Letter[], make: (letters: readonly Addressed[]) => Mail): Promise<Outcome> =>
    letters.every(isAddressed) ? carry(make(letters)) : { obstacle: 'refused', answer: 'address-withdrawn' }
  return {
    name: 'email',
    send: ({ now }: Context, letter) => sendAll([letter], ([first]) => mailOf(first!, sender, now)),
    sendDigest: ({ now }: Context, letters) => sendAll(letters, (all) => digestOf(all, sender, now)),
    close: () => transport.close(),
  }
}
