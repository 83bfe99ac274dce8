// How the e-address test server writes its answers: plain and as MTOM in turn, faults too.
import { randomUUID } from 'node:crypto'
import type { Fault } from './eaddress-requests.ts'

type Written = { contentType: string; bytes: Buffer }

/** Puts bytes into XML: as base64, or as a pointer to a part of their own. */
export type Binary = (bytes: Buffer) => string

const soap = 'http://www.w3.org/2003/05/soap-envelope'
const envelope = (body: string): string => `<s:Envelope xmlns:s="${soap}"><s:Header/><s:Body>${body}</s:Body></s:Envelope>`

const plain = (body: (binary: Binary) => string): Written => ({
  contentType: 'application/soap+xml; charset=utf-8',
  bytes: Buffer.from(envelope(body((bytes) => bytes.toString('base64')))),
})

function mtom(body: (binary: Binary) => string): Written {
  const [boundary, root] = [`uuid:${randomUUID()}+id=1`, `http://tempuri.org/0/${Date.now()}`]
  const parts: Buffer[] = []
  const xml = envelope(
    body((bytes) => {
      const id = `http://tempuri.org/${parts.length + 1}/${randomUUID()}`
      parts.push(Buffer.from(`\r\n--${boundary}\r\nContent-ID: <${id}>\r\nContent-Transfer-Encoding: binary\r\nContent-Type: application/octet-stream\r\n\r\n`), bytes)
      return `<xop:Include href="cid:${encodeURIComponent(id)}" xmlns:xop="http://www.w3.org/2004/08/xop/include"/>`
    }),
  )
  const type = 'application/xop+xml;charset=utf-8;type="application/soap+xml"'
  const head = `--${boundary}\r\nContent-ID: <${root}>\r\nContent-Transfer-Encoding: 8bit\r\nContent-Type: ${type}\r\n\r\n${xml}`
  return {
    contentType: `multipart/related; type="application/xop+xml";start="<${root}>";boundary="${boundary}";start-info="application/soap+xml"`,
    bytes: Buffer.concat([Buffer.from(head), ...parts, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  }
}

export const writeAnswer = (operation: string, inside: (binary: Binary) => string, isMtom: boolean): Written =>
  (isMtom ? mtom : plain)((binary) => `<${operation}Output xmlns="http://vraa.gov.lv/xmlschemas/div/uui/2011/11">${inside(binary)}</${operation}Output>`)

export const writeFault = ({ code, side, message }: Fault, isMtom: boolean): Written =>
  (isMtom ? mtom : plain)(
    () =>
      `<s:Fault><s:Code><s:Value>s:${side}</s:Value><s:Subcode><s:Value${isMtom ? ' xmlns:a="urn:x">a:' : '>'}${code}</s:Value></s:Subcode></s:Code>` +
      `<s:Reason><s:Text xml:lang="lv">${message}</s:Text></s:Reason><s:Detail><ErrorParams xmlns=""/></s:Detail></s:Fault>`,
  )
