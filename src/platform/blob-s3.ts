// Content in a store that speaks S3's protocol: an object by its hash in one bucket, each request signed (Signature Version 4).
import { openAsBlob } from 'node:fs'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { AwsClient } from 'aws4fetch'
import { BlobMissing, BlobOutage, type BlobStore } from './blobs.ts'

export type S3Config = { url: string; bucket: string; accessKey: string; secretKey: string; region: string }

const patience = 30_000

/** Other objects of the bucket are left alone. */
const folder = 'sha256/'

/** Hash of a request without a body. */
const ofNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

const keysIn = (listing: string): string[] => [...listing.matchAll(/<Key>sha256\/([0-9a-f]{64})<\/Key>/g)].map(([, sha256]) => sha256!)

export function blobS3({ url, bucket, accessKey, secretKey, region }: S3Config): BlobStore {
  const client = new AwsClient({ accessKeyId: accessKey, secretAccessKey: secretKey, region, service: 's3' })
  const place = `${url}/${bucket}`

  /** The answer, or undefined where there is no such object; anything else is an outage, and says why. */
  async function ask(method: string, path: string, { sha256 = ofNothing, body }: { sha256?: string; body?: Blob } = {}): Promise<Response | undefined> {
    // The patience is for the answer to begin: its content flows as fast as its reader takes it.
    const waiting = new AbortController()
    const timer = setTimeout(() => waiting.abort(), patience)
    try {
      const request = await client.sign(`${place}${path}`, { method, headers: { 'x-amz-content-sha256': sha256 }, signal: waiting.signal, ...(body && { body }) })
      const answer = await fetch(request)
      if (answer.ok) return answer
      const said = await answer.text()
      if (answer.status === 404 && !said.includes('NoSuchBucket')) return undefined
      throw new Error(`it answers ${answer.status} ${/<Code>(\w+)<\/Code>/.exec(said)?.[1] ?? ''}`.trim())
    } catch (error) {
      const { message, cause } = error as Error
      throw new BlobOutage(`${place} cannot be used: ${waiting.signal.aborted ? 'it does not answer' : ((cause as Error | undefined)?.message ?? message)}`)
    } finally {
      clearTimeout(timer)
    }
  }

  const object = (sha256: string) => `/${folder}${sha256}`

  return {
    place,
    keep: async (sha256, file) => {
      if (await ask('HEAD', object(sha256))) return
      const answer = await ask('PUT', object(sha256), { sha256, body: await openAsBlob(file) })
      if (!answer) throw new BlobOutage(`${place} cannot be used: it answers 404`)
    },
    open: async (sha256) => {
      const answer = await ask('GET', object(sha256))
      if (!answer?.body) throw new BlobMissing(sha256)
      return Readable.fromWeb(answer.body as ReadableStream)
    },
    remove: async (sha256) => void (await ask('DELETE', object(sha256))),
    all: async function* () {
      let last = ''
      do {
        const query = new URLSearchParams({ 'list-type': '2', prefix: folder, ...(last && { 'start-after': `${folder}${last}` }) })
        const keys = keysIn((await (await ask('GET', `?${query}`))?.text()) ?? '')
        yield* keys
        last = keys.at(-1) ?? ''
      } while (last)
    },
  }
}
