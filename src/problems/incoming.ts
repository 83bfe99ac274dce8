// What somebody wrote in answer to a mail: without what they quoted, and nothing where a machine answered.
import { simpleParser, type ParsedMail } from 'mailparser'
import { longest } from './problem-report.ts'

/** Of the headers that only machines set; a server that answers by itself must not be answered, nor start a loop (RFC 3834). */
function isAutomatic({ headers }: ParsedMail): boolean {
  const value = (name: string) => {
    const header = headers.get(name)
    return (typeof header === 'string' ? header : ((header as { value?: string } | undefined)?.value ?? '')).toLowerCase()
  }
  const isSaid = /^(auto-|autoreply)/.test(value('auto-submitted')) || /^(bulk|junk|list|auto_reply)/.test(value('precedence'))
  return isSaid || headers.has('x-autoreply') || headers.has('x-autorespond') || headers.has('list-id') || headers.has('list') || value('content-type').startsWith('multipart/report')
}

const original = /^\s*(-{2,}\s*(Original Message|Sākotnējā ziņa|Forwarded message|Pārsūtītā ziņa)\s*-{2,}|_{10,})\s*$/i
/** The lines with which mail programs begin what they quote: `On 23 Nov 2026, Nams wrote:`. */
const attribution = /(wrote|rakstīja|raksta|schrieb|написал\(?а?\)?|пишет)\s*:?\s*$/i
/** As Outlook begins it. */
const head = /^\s*(From|No|Von|От)\s*:\s.*\S/i
const headNext = /^\s*(Sent|Date|Nosūtīts|Datums|To|Kam|Gesendet|Отправлено)\s*:/i

/** The text that is the writer's own. */
export function ownText(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const end = lines.findIndex((line, at) => original.test(line) || line === '-- ' || (head.test(line) && headNext.test(lines[at + 1] ?? '')))
  const kept = (end === -1 ? lines : lines.slice(0, end)).filter((line, at, all) => {
    if (/^\s*>/.test(line)) return false
    const rest = all.slice(at + 1, at + 4).find((next) => next.trim() !== '' && !attribution.test(next))
    return !((attribution.test(line) || attribution.test(all[at + 1] ?? '')) && /^\s*>/.test(rest ?? ''))
  })
  return kept.join('\n').replace(/\n{3,}/g, '\n\n').trim()
}

export type Incoming = { messageId: string | null; body: string }

/** undefined: nobody wrote it, or nothing. */
export async function readIncoming(message: Buffer): Promise<Incoming | undefined> {
  const mail = await simpleParser(message, { skipImageLinks: true })
  const body = ownText(mail.text ?? '').slice(0, longest.text)
  return isAutomatic(mail) || body === '' ? undefined : { messageId: mail.messageId ?? null, body }
}
