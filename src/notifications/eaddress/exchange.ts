// One request to the official e-address service over mutual TLS, and its answer as a tree or as a failure.
import { request } from 'node:https'
import { EAddressFailure, meaningOfError, meaningOfFault, meaningOfStatus } from './faults.ts'
import type { Identity } from './identity.ts'
import { answerXml } from './multipart.ts'
import { childText, firstNamed, readXml, type Element } from './xml.ts'

/** `ca`: PEM of the authority that signed the service's certificate, where the system does not know it. `limit`: milliseconds. */
export type Line = { url: string; identity: Identity; ca: string | undefined; limit: number }

/** `xml`: the whole answer, with what came as binary parts put in. */
export type Answer = { body: Element; xml: string }

type Raw = { status: number; contentType: string; bytes: Buffer }

const mostBytes = 16 * 1024 * 1024

function post({ url, identity, ca, limit }: Line, bytes: Buffer): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const sending = request(url, {
      method: 'POST',
      cert: identity.chain,
      key: identity.key.export({ type: 'pkcs8', format: 'pem' }),
      ...(ca !== undefined && { ca }),
      agent: false,
      headers: { 'Content-Type': 'application/soap+xml; charset=utf-8', 'Content-Length': bytes.length, Accept: 'application/soap+xml, multipart/related' },
      signal: AbortSignal.timeout(limit),
    })
    sending.on('error', reject)
    sending.on('response', (answer) => {
      const parts: Buffer[] = []
      let length = 0
      answer.on('error', reject)
      answer.on('data', (part: Buffer) => {
        length += part.length
        if (length > mostBytes) answer.destroy(new Error('the answer is too long'))
        else parts.push(part)
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, contentType: answer.headers['content-type'] ?? '', bytes: Buffer.concat(parts) }))
    })
    sending.end(bytes)
  })
}

const unprefixed = (text: string): string => text.slice(text.indexOf(':') + 1)

function failureOf(fault: Element): EAddressFailure {
  const [outer, inner] = [firstNamed(fault, 'Code'), firstNamed(fault, 'Subcode')].map((one) => (one ? unprefixed(childText(one, 'Value')) : ''))
  const reason = firstNamed(fault, 'Text')?.text.trim() ?? ''
  const code = inner || outer || 'Fault'
  return new EAddressFailure(meaningOfFault({ code, isTheirs: outer === 'Receiver' }), code, reason)
}

function read({ status, contentType, bytes }: Raw): Answer {
  try {
    const xml = answerXml(contentType, bytes)
    const body = firstNamed(readXml(xml), 'Body')
    if (body) return { body, xml }
  } catch (error) {
    if (status < 400) throw new EAddressFailure('unreachable', 'unreadable', String((error as Error).message))
  }
  throw new EAddressFailure(meaningOfStatus(status), `HTTP ${status}`, status < 400 ? 'without a SOAP answer' : '')
}

/** Throws `EAddressFailure`. After a failure to answer it is unknown whether the request was taken. */
export async function exchange(line: Line, bytes: Buffer): Promise<Answer> {
  const raw = await post(line, bytes).catch((error: Error & { code?: string; reason?: string }) => {
    throw new EAddressFailure(meaningOfError(error), typeof error.code === 'string' ? error.code : error.name, error.reason ?? error.message)
  })
  const answer = read(raw)
  const fault = answer.body.children.find(({ name }) => name === 'Fault')
  if (fault) throw failureOf(fault)
  if (raw.status >= 400) throw new EAddressFailure(meaningOfStatus(raw.status), `HTTP ${raw.status}`, '')
  return answer
}
