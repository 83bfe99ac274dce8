// A mail ready to go, what can carry one, and what can become of it on the way.
import type { Obstacle } from './channel.ts'

export type Mail = {
  /** The same whenever the same notice goes to the same recipient, so that a repeat can be recognised. */
  messageId: string
  to: { name: string; address: string }
  subject: string
  text: string
  html: string
  language: string
  date: Date
  /** The public address's host: the list that these mails are of. */
  host: string
  /** Where one POST switches such mails off (RFC 8058); null where they may not be. */
  unsubscribe?: string | null
  /** Where the recipient's own answer goes. */
  replyTo?: string
  /** What the other server answers to, so that it says whose mail came back. */
  envelopeFrom?: string
}

export type MailTransport = {
  /** Answers what the server said when it took the mail over; throws `Undelivered`. */
  send(mail: Mail): Promise<string>
  /** Throws `Undelivered` where no mail could be sent now. */
  check(): Promise<void>
  close(): void
}

/** How many mails are sent at once. */
export const lanes = 5


export class Undelivered extends Error {
  readonly obstacle: Obstacle

  /** `answer`: the server's own words, or the network's. */
  constructor(obstacle: Obstacle, answer: string) {
    super(answer)
    this.obstacle = obstacle
  }
}

/** Folded, a long address no longer is what it was to some who verify the signature. */
const unfolded = (value: string) => ({ prepared: true, foldLines: false, value })

/** A mail as nodemailer takes it. One recipient each: nobody learns who else was told. */
export const messageOf = ({ messageId, to, subject, text, html, language, date, host, unsubscribe, envelopeFrom, replyTo }: Mail, from: string) => ({
  from,
  to,
  ...(replyTo && { replyTo }),
  ...(envelopeFrom && { envelope: { from: envelopeFrom, to: to.address } }),
  subject,
  text,
  html,
  date,
  messageId,
  headers: {
    'Auto-Submitted': 'auto-generated',
    'Content-Language': language,
    ...(unsubscribe && { 'List-Unsubscribe': unfolded(`<${unsubscribe}>`), 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
  },
  list: { id: { url: `notices.${host}`, comment: 'Nams' } },
  disableFileAccess: true,
  disableUrlAccess: true,
})
