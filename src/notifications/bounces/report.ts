// What a delivery status notification says (RFC 3464), as real servers write it.
import { simpleParser } from 'mailparser'

/** `words`: the server's own. `isPermanent`: the address itself was refused, by a status of 5.x.x. */
export type Report = { action: 'failed' | 'delayed' | 'delivered'; isPermanent: boolean; words: string }

/** An own part for the report as a whole, then one for each recipient; a line that begins with a space goes on with the one before. */
const blocksOf = (text: string): Map<string, string>[] =>
  text
    .replace(/\r\n/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n{2,}/)
    .map((block) => new Map(block.split('\n').flatMap((line) => (line.includes(':') ? [[line.slice(0, line.indexOf(':')).trim().toLowerCase(), line.slice(line.indexOf(':') + 1).trim()] as const] : []))))
    .filter((block) => block.has('action'))

const longest = 500

function reportOf(block: Map<string, string>): Report | undefined {
  const action = /^(failed|delayed|delivered|relayed|expanded)/i.exec(block.get('action') ?? '')?.[1]?.toLowerCase()
  if (!action) return undefined
  const [status = ''] = /[245]\.\d{1,3}\.\d{1,3}/.exec(block.get('status') ?? '') ?? []
  const diagnostic = (block.get('diagnostic-code') ?? '').replace(/^\s*[\w-]+\s*;\s*/, '')
  const words = (diagnostic || status || action).replace(/\s+/g, ' ').slice(0, longest)
  return { action: action === 'failed' || action === 'delayed' ? action : 'delivered', isPermanent: action === 'failed' && status.startsWith('5'), words }
}

const weight = { failed: 2, delayed: 1, delivered: 0 }

const quick = { keepDeliveryStatus: true, skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true, skipImageLinks: true }

export type ReturnedMail = { report: Report | undefined; recipients: string[] }

/** The gravest that a mail reports; undefined where it is no report, such as an answer that somebody is on leave. */
export async function readReturned(message: Buffer): Promise<ReturnedMail> {
  const mail = await simpleParser(message, quick)
  const parts = (mail.attachments ?? []).filter(({ contentType }) => /^message\/(global-)?delivery-status$/.test(contentType))
  const reports = parts.flatMap(({ content }) => blocksOf(content.toString('utf8'))).map(reportOf).filter((report) => report !== undefined)
  const [gravest] = reports.sort((a, b) => weight[b.action] - weight[a.action])
  const headers = mail.headerLines.filter(({ key }) => ['delivered-to', 'x-original-to', 'to'].includes(key)).map(({ line }) => line)
  return { report: gravest, recipients: headers.flatMap((line) => line.match(/bounce\+[^\s<>,;:"]+@[^\s<>,;:"]+/gi) ?? []) }
}
