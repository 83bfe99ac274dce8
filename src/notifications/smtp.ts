// Sends mail through an SMTP server, and says what each of its answers means (INTERFACES 7.1).
import { createTransport } from 'nodemailer'
import type { Obstacle } from './channel.ts'
import { lanes, messageOf, Undelivered, type Mail, type MailTransport } from './mail.ts'

type SmtpError = Error & { code?: string; originalCode?: string; command?: string; responseCode?: number; response?: string }

const settings = new Set(['EAUTH', 'ENOAUTH', 'EOAUTH2', 'ETLS', 'EREQUIRETLS', 'ECONFIG'])
const untrusted = /CERT|SSL|TLS|SIGNATURE|EPROTO/
const wantsSignIn = [530, 534, 535, 538]
/** The server's answers to these are about the mail; to all else, about the sender or the connection. */
const aboutMail = ['RCPT TO', 'DATA']

function meaningOfAnswer(responseCode: number, command = ''): Obstacle {
  const isPermanent = responseCode >= 500 && responseCode !== 503
  if (wantsSignIn.includes(responseCode)) return 'misconfigured'
  if (aboutMail.includes(command)) return isPermanent ? 'refused' : 'delayed'
  if (command === 'MAIL FROM') return isPermanent ? 'misconfigured' : 'delayed'
  return isPermanent ? 'misconfigured' : 'unreachable'
}

/** What an error of the transport means for its mail and for those after it. */
export function obstacleOf({ code = '', originalCode = '', command, responseCode, message }: SmtpError): Obstacle {
  if (responseCode) return meaningOfAnswer(responseCode, command)
  if (settings.has(code) || untrusted.test(originalCode)) return 'misconfigured'
  if (code === 'EENVELOPE') return message.startsWith('Invalid sender') ? 'misconfigured' : 'refused'
  return code === 'EMESSAGE' ? 'refused' : 'unreachable'
}

const undelivered = (error: SmtpError) => new Undelivered(obstacleOf(error), (error.response ?? error.message).slice(0, 500))

/** A password leaves this machine over an encrypted connection only, unless the address says `requireTLS=false`. */
export function mustEncrypt(url: string): boolean {
  const { password, hostname } = new URL(url)
  return password !== '' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

/** The private key as PEM. */
export type Signature = { domain: string; selector: string; key: string }

/** What the signature covers: without the two of unsubscribing, a mailbox does not trust its button (RFC 8058). */
const signedFields = 'From:To:Subject:Date:Message-ID:Reply-To:MIME-Version:Content-Type:Content-Transfer-Encoding:Content-Language:Auto-Submitted:List-Id:List-Unsubscribe:List-Unsubscribe-Post'

const signedWith = ({ domain, selector, key }: Signature) => ({ domainName: domain, keySelector: selector, privateKey: key, headerFieldNames: signedFields })

/** `limit`: milliseconds that one mail may take, far below the lease of a delivery. */
export function smtpTransport(url: string, from: string, { limit = 60_000, dkim }: { limit?: number; dkim?: Signature | undefined } = {}): MailTransport {
  const timeouts = { connectionTimeout: 20_000, greetingTimeout: 20_000 }
  // The pool repeats nothing by itself: it could send a mail that we believe delayed.
  const transport = createTransport({ url, pool: true, maxRequeues: 0, maxConnections: lanes, requireTLS: mustEncrypt(url), ...timeouts, ...(dkim && { dkim: signedWith(dkim) }) })
  const orUndelivered = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: SmtpError) => {
      throw undelivered(error)
    })
  return {
    send: async (mail: Mail) => {
      const message = { ...messageOf(mail, from), signal: AbortSignal.timeout(limit) }
      return (await orUndelivered(transport.sendMail(message))).response
    },
    check: async () => void (await orUndelivered(transport.verify())),
    close: () => transport.close(),
  }
}
