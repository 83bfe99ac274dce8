// Reads an answer of a SOAP service that may come as MTOM: multipart/related with binary parts that the XML points at.
import { SaxesParser } from 'saxes'

type Part = { headers: Map<string, string>; body: Buffer }

const xop = 'http://www.w3.org/2004/08/xop/include'

/** A header's value and parameters: `multipart/related; boundary="x"`. */
function parametersOf(header: string): { value: string; parameters: Map<string, string> } {
  const [value = '', rest = ''] = [header.split(';', 1)[0]!.trim().toLowerCase(), header.slice(header.split(';', 1)[0]!.length)]
  const parameters = new Map<string, string>()
  for (const [, name, quoted, plain] of rest.matchAll(/;\s*([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))/g))
    parameters.set(name!.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? plain!)
  return { value, parameters }
}

function partOf(bytes: Buffer): Part {
  const end = bytes.indexOf('\r\n\r\n')
  const isBare = bytes.subarray(0, 2).toString() === '\r\n'
  if (end < 0 && !isBare) throw new Error('a part of the answer has no end of its headers')
  const lines = isBare ? [] : bytes.subarray(0, end).toString('latin1').replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  const headers = new Map(lines.map((line) => [line.slice(0, line.indexOf(':')).trim().toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]))
  const body = bytes.subarray(isBare ? 2 : end + 4)
  const isBase64 = headers.get('content-transfer-encoding')?.toLowerCase() === 'base64'
  return { headers, body: isBase64 ? Buffer.from(body.toString('latin1'), 'base64') : body }
}

function partsOf(bytes: Buffer, boundary: string): Part[] {
  const mark = Buffer.from(`\r\n--${boundary}`)
  const whole = Buffer.concat([Buffer.from('\r\n'), bytes])
  const parts: Part[] = []
  let at = whole.indexOf(mark)
  while (at >= 0) {
    const start = at + mark.length
    if (whole.subarray(start, start + 2).toString() === '--') return parts
    const next = whole.indexOf(mark, start)
    if (next < 0) break
    parts.push(partOf(whole.subarray(whole.indexOf('\r\n', start) + 2, next)))
    at = next
  }
  throw new Error('the answer ends before its last part does')
}

const idOf = (part: Part): string => part.headers.get('content-id')?.replace(/^<|>$/g, '') ?? ''

/** The XML with each `xop:Include` replaced by the part that it points at, as base64. */
function withIncluded(xml: string, contents: ReadonlyMap<string, Buffer>): string {
  const pieces: string[] = []
  let [copied, start] = [0, 0]
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ local, uri }) => {
    if (local === 'Include' && uri === xop) start = xml.lastIndexOf('<', parser.position - 1)
  })
  parser.on('closetag', ({ local, uri, attributes }) => {
    if (local !== 'Include' || uri !== xop) return
    const id = decodeURIComponent((attributes['href']?.value ?? '').replace(/^cid:/, ''))
    const content = contents.get(id)
    if (!content) throw new Error('the answer points at a part that it lacks')
    pieces.push(xml.slice(copied, start), content.toString('base64'))
    copied = parser.position
  })
  parser.write(xml).close()
  return pieces.join('') + xml.slice(copied)
}

/** The XML of an answer, whole, whether it came plain or as MTOM. Throws where it is neither. */
export function answerXml(contentType: string, bytes: Buffer): string {
  const { value, parameters } = parametersOf(contentType)
  if (value !== 'multipart/related') return bytes.toString('utf8').replace(/^\ufeff/, '')
  const parts = partsOf(bytes, parameters.get('boundary') ?? '')
  const start = parameters.get('start')?.replace(/^<|>$/g, '')
  const root = start === undefined ? parts[0] : parts.find((part) => idOf(part) === start)
  if (!root) throw new Error('the answer has no root part')
  return withIncluded(root.body.toString('utf8').replace(/^\ufeff/, ''), new Map(parts.map((part) => [idOf(part), part.body])))
}
