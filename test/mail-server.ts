// A real SMTP server on this machine, for tests: it keeps what it takes, and refuses what a test tells it to.
import { buffer } from 'node:stream/consumers'
import { after } from 'node:test'
import type { AddressInfo } from 'node:net'
import { simpleParser, type ParsedMail } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export type MailServer = Awaited<ReturnType<typeof openMailServer>>

/** `password`: who sends must sign in with it. `sender`: the only address that may send. */
type Settings = { port?: number; encrypted?: boolean; password?: string; sender?: string }

const answered = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code })

/** `refusals`: the answer to a recipient, used once each in the order given. */
export async function openMailServer({ port = 0, encrypted = false, password, sender }: Settings = {}) {
  const mails: ParsedMail[] = []
  const raw: Buffer[] = []
  const senders: string[] = []
  const refusals: { code: number; text: string }[] = []
  const server = new SMTPServer({
    disabledCommands: [...(encrypted ? [] : ['STARTTLS']), ...(password === undefined ? ['AUTH'] : [])],
    allowInsecureAuth: true,
    authOptional: password === undefined,
    disableReverseLookup: true,
    closeTimeout: 1,
    logger: false,
    onAuth: (login, _session, answer) =>
      login.password === password ? answer(null, { user: login.username }) : answer(answered(535, 'Wrong user name or password')),
    onMailFrom: ({ address }, _session, answer) => answer(sender && sender !== address ? answered(550, 'Sender refused') : undefined),
    onRcptTo: (_address, _session, answer) => {
      const refusal = refusals.shift()
      answer(refusal && answered(refusal.code, refusal.text))
    },
    onData: (stream, session, answer) => {
      buffer(stream).then(async (message) => {
        raw.push(message)
        senders.push(session.envelope.mailFrom ? session.envelope.mailFrom.address : '')
        mails.push(await simpleParser(message))
        answer()
      }).catch(answer)
    },
  })
  server.on('error', () => {})
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready))
  const close = () => new Promise<void>((ready) => server.close(ready))
  after(close)
  const listening = (server.server.address() as AddressInfo).port
  return { mails, raw, senders, refusals, close, port: listening, url: `smtp://127.0.0.1:${listening}` }
}

/** The addresses that mails went to, sorted. */
export const recipientsOf = (mails: readonly ParsedMail[]): string[] => mails.map((mail) => mail.to!.value[0]!.address!).sort()
