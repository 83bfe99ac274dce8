// A store that speaks S3's protocol and believes no request that is not signed: written from AWS's description of Signature Version 4.
import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { after } from 'node:test'

export const keys = { accessKey: 'AKIAIOSFODNN7EXAMPLE', secretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex')
const mac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

const encoded = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

export type Asked = { method: string; path: string; query: string; headers: Record<string, string> }

/** The signature that a request must have, from what its `Authorization` says of date, region and signed headers. */
export function signatureOf({ method, path, query, headers }: Asked, secretKey: string): string {
  const [, date = '', region = '', signed = ''] = /Credential=[^/]+\/(\d{8})\/([\w-]+)\/s3\/aws4_request, ?SignedHeaders=([\w;-]+),/.exec(headers['authorization'] ?? '') ?? []
  const sorted = [...new URLSearchParams(query)].map(([name, value]) => `${encoded(name)}=${encoded(value)}`).sort().join('&')
  const lines = signed.split(';').map((name) => `${name}:${(headers[name] ?? '').trim()}\n`).join('')
  const canonical = [method, path, sorted, lines, signed, headers['x-amz-content-sha256']].join('\n')
  const scope = `${date}/${region}/s3/aws4_request`
  const key = mac(mac(mac(mac(`AWS4${secretKey}`, date), region), 's3'), 'aws4_request')
  return mac(key, ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n')).toString('hex')
}

const said = (code: string) => `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>`

type Said = { status: number; body?: string | Buffer; headers?: Record<string, string | number> }

/** A bucket `nams`; `page`: how many keys a listing answers at most. */
export async function openS3({ page = 1000 } = {}) {
  const objects = new Map<string, Buffer>()
  const control = { isDown: false }
  const answer = (asked: Asked, content: Buffer): Said => {
    const given = /Signature=([0-9a-f]{64})$/.exec(asked.headers['authorization'] ?? '')?.[1]
    if (given !== signatureOf(asked, keys.secretKey)) return { status: 403, body: said('SignatureDoesNotMatch') }
    if (sha256(content) !== asked.headers['x-amz-content-sha256']) return { status: 400, body: said('XAmzContentSHA256Mismatch') }
    const [, bucket, ...rest] = asked.path.split('/')
    if (bucket !== 'nams') return { status: 404, body: said('NoSuchBucket') }
    const key = decodeURIComponent(rest.join('/'))
    if (key === '' && asked.method === 'GET') {
      const query = new URLSearchParams(asked.query)
      const found = [...objects.keys()].sort().filter((one) => one.startsWith(query.get('prefix') ?? '') && one > (query.get('start-after') ?? ''))
      return { status: 200, body: `<ListBucketResult>${found.slice(0, page).map((one) => `<Contents><Key>${one}</Key></Contents>`).join('')}<IsTruncated>${found.length > page}</IsTruncated></ListBucketResult>` }
    }
    if (asked.method === 'PUT') {
      if (asked.headers['content-length'] === undefined) return { status: 411, body: said('MissingContentLength') }
      objects.set(key, content)
      return { status: 200 }
    }
    if (asked.method === 'DELETE') return objects.delete(key), { status: 204 }
    const object = objects.get(key)
    return object ? { status: 200, body: object } : { status: 404, body: said('NoSuchKey') }
  }
  const server = createServer(async (request: IncomingMessage, reply) => {
    if (control.isDown) return request.destroy()
    const [path = '', query = ''] = request.url!.split('?')
    const { status, body = '' } = answer({ method: request.method!, path, query, headers: request.headers as Record<string, string> }, await buffer(request))
    reply.writeHead(status, { 'content-length': Buffer.byteLength(body) }).end(request.method === 'HEAD' ? undefined : body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => server.close())
  return { config: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bucket: 'nams', region: 'eu-north-1', ...keys }, objects, control }
}
