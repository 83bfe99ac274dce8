// The real program's memory while it is sent what is far too large, and a picture as large as may be.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import sharp from 'sharp'
import { wordsOf } from '../site.ts'
import { demos, main, serving, type Serving } from '../shell.ts'

const demo = demos()
const megabyte = 1024 * 1024

/** The most memory that a process has had since it was asked last, in megabytes. */
function peakOf(pid: number) {
  const megabytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
  const before = megabytes('VmRSS')
  return () => megabytes('VmHWM') - before
}

async function signedIn({ url }: Serving, name: string): Promise<string> {
  const page = await (await fetch(`${url}/sign-in`)).text()
  const person = new RegExp(`value="(\\d+)"(?:(?!<button).)*?${name}`, 's').exec(page)![1]!
  const answer = await fetch(`${url}/sign-in/demo`, { method: 'POST', body: new URLSearchParams({ person, to: '/' }), redirect: 'manual' })
  return answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ')
}

/** Where the person may record an inspection. */
async function recordPath({ url }: Serving, cookie: string): Promise<string> {
  const ask = (path: string) => fetch(`${url}${path}`, { headers: { cookie } })
  for (const [, path] of (await (await ask('/cases')).text()).matchAll(/href="(\/cases\/EL-[^"/]+)"/g))
    if ((await ask(`${path}/inspections/new`)).status === 200) return `${path}/inspections/new`
  throw new Error('There is no case.')
}

/** A form with one file that is never whole in anybody's memory. */
async function send({ url }: Serving, path: string, { cookie, size, pieces }: { cookie: string; size: number; pieces: Iterable<Buffer> }) {
  const part = (name: string, value: string) => `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const head = `${part('type', 'FIRE_SAFETY')}${part('performedOn', '10.02.2026')}${part('periodic', 'yes')}${part('number', 'UD-1')}--x\r\ncontent-disposition: form-data; name="files"; filename="liels.pdf"\r\ncontent-type: application/pdf\r\n\r\n`
  const tail = '\r\n--x--\r\n'
  const headers = { cookie, 'content-type': 'multipart/form-data; boundary=x', 'content-length': head.length + size + tail.length }
  const sending = request(`${url}${path}`, { method: 'POST', headers })
  const answered = new Promise<{ status: number; page: string }>((resolve, reject) => {
    sending.on('response', (answer) => text(answer).then((page) => resolve({ status: answer.statusCode!, page }), reject))
    sending.on('error', reject)
  })
  sending.write(head)
  for (const piece of pieces) if (!sending.write(piece)) await new Promise((resolve) => sending.once('drain', resolve))
  sending.end(tail)
  return answered
}

const isEmpty = (folder: string) => !existsSync(folder) || readdirSync(folder).length === 0

test('a file of 200 MB is refused with a sentence and nothing of it is kept; it takes little memory, and so do pictures of 48 megapixels', async () => {
  const env = demo()
  const program = await serving(env, [...main, 'serve', '--no-jobs'])
  const cookie = await signedIn(program, 'Anna Kalniņa')
  const path = await recordPath(program, cookie)
  const piece = Buffer.alloc(megabyte, '%PDF-1.4\n')
  const pieces = (count: number) => Array.from({ length: count }, () => piece)
  await send(program, path, { cookie, size: 11 * megabyte, pieces: pieces(11) })
  const ofLarge = peakOf(program.child.pid!)
  const { status, page } = await send(program, path, { cookie, size: 200 * megabyte, pieces: pieces(200) })
  const large = ofLarge()
  assert.equal(status, 422)
  assert.match(wordsOf(page), /„liels\.pdf” ir lielāks par 10 MB/)
  assert.match(page, /value="UD-1"/)
  assert.ok(large < 100, `it took ${large.toFixed(0)} MB more`)
  assert.deepEqual(['files', 'incoming'].map((folder) => isEmpty(join(env['NAMS_DATA']!, folder))), [true, true])

  const picture = await sharp({ create: { width: 8000, height: 6000, channels: 3, background: '#12463a' } }).withMetadata({ orientation: 6 }).jpeg().toBuffer()
  const ofPictures = peakOf(program.child.pid!)
  const answers = await Promise.all(Array.from({ length: 4 }, () => send(program, path, { cookie, size: picture.length, pieces: [picture] })))
  const pictures = ofPictures()
  assert.ok(answers.every(({ status }) => status === 303 || status === 409), 'recorded, or there already')
  assert.ok(pictures < 300, `it took ${pictures.toFixed(0)} MB more, where one picture takes 144 and four would take 576`)
  assert.equal(await program.stop(), 0)
})
