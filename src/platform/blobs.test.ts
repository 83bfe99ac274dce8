// Both stores of content keep the same promises; the one behind S3's protocol signs what it asks.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { keys, openS3, signatureOf } from '../../test/s3-server.ts'
import { blobDirectory } from './blob-directory.ts'
import { blobS3 } from './blob-s3.ts'
import { BlobMissing, BlobOutage } from './blobs.ts'

const folder = await mkdtemp(join(tmpdir(), 'nams-blobs-'))
after(() => rm(folder, { recursive: true, force: true }))

async function content(text: string): Promise<{ sha256: string; path: string; text: string }> {
  const sha256 = createHash('sha256').update(text).digest('hex')
  const path = join(folder, `sent-${sha256}`)
  await writeFile(path, text)
  return { sha256, path, text }
}

const all = (found: AsyncIterable<string>) => Array.fromAsync(found)

const root = join(folder, 'files')
const s3 = await openS3({ page: 2 })

for (const [name, store] of [['a directory', blobDirectory(root, join(folder, 'incoming'))], ['an S3-compatible store', blobS3(s3.config)]] as const)
  test(`${name} keeps content by its hash, once, and lists all of it`, async () => {
    const [one, ...rest] = await Promise.all(['viens', 'divi', 'trīs', 'četri', 'pieci'].map(content))
    assert.deepEqual(await all(store.all()), [])
    await assert.rejects(store.open(one!.sha256), BlobMissing)
    for (const { sha256, path } of [one!, ...rest, one!]) await store.keep(sha256, path)
    assert.equal(String(await buffer(await store.open(one!.sha256))), 'viens')
    assert.deepEqual((await all(store.all())).sort(), [one!, ...rest].map(({ sha256 }) => sha256).sort())
    await store.remove(one!.sha256)
    await store.remove(one!.sha256)
    await assert.rejects(store.open(one!.sha256), BlobMissing)
    assert.equal((await all(store.all())).length, 4)
  })

test('a directory never shows content that is not whole', async () => {
  const store = blobDirectory(root, join(folder, 'incoming'))
  await assert.rejects(store.keep('f'.repeat(64), join(folder, 'nothing-there')))
  assert.deepEqual([(await readdir(join(root, 'ff')).catch(() => [])).length, (await readdir(join(folder, 'incoming'))).length], [0, 0])
})

test('objects of others in the bucket are neither listed nor touched', async () => {
  s3.objects.set('sha256/readme.txt', Buffer.from('x')).set('backup/'.concat('a'.repeat(64)), Buffer.from('x'))
  const store = blobS3(s3.config)
  const kept = await content('mūsu')
  await store.keep(kept.sha256, kept.path)
  assert.equal((await all(store.all())).filter((one) => one === kept.sha256).length, 1)
  assert.ok(!(await all(store.all())).includes('a'.repeat(64)))
})

test('a wrong key, a bucket that is not there and a store that is away are outages that say so', async () => {
  const { sha256, path } = await content('nekur')
  const refused = (changes: object, words: RegExp) => assert.rejects(blobS3({ ...s3.config, ...changes }).keep(sha256, path), (error: Error) => error instanceof BlobOutage && error.statusCode === 503 && words.test(error.message))
  await refused({ secretKey: 'wrong' }, /nams cannot be used: it answers 403/)
  await refused({ bucket: 'cits' }, /cits cannot be used/)
  s3.control.isDown = true
  await refused({}, /cannot be used/)
  s3.control.isDown = false
  await blobS3(s3.config).keep(sha256, path)
  assert.equal(String(s3.objects.get(`sha256/${sha256}`)), 'nekur')
})

test('the test’s own store reckons signatures as AWS’s published example', () => {
  const headers = {
    host: 'examplebucket.s3.amazonaws.com',
    range: 'bytes=0-9',
    'x-amz-content-sha256': createHash('sha256').digest('hex'),
    'x-amz-date': '20130524T000000Z',
    authorization: 'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=',
  }
  assert.equal(signatureOf({ method: 'GET', path: '/test.txt', query: '', headers }, keys.secretKey), 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41')
})
