import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { createTransport } from 'nodemailer'
import { bounceAddress } from '../../src/notifications/bounces/bounce-address.ts'
import { bounces } from '../bounces.ts'
import { demos, launch, main, nams, serving, type Env } from '../shell.ts'

const demo = demos()
const bounceDomain = 'atpakal.example.test'

const ours = ({ NAMS_DATA = '' }: Env) => bounceAddress({ secret: readFileSync(join(NAMS_DATA, 'session-secret'), 'utf8'), bounceDomain }, { noticeId: 1, partyId: 1, address: 'anna@example.test' })

/** Pipes a message to the verb. */
async function piped(message: string, env: Env, options = '') {
  const file = join(env['NAMS_DATA']!, 'message.eml')
  writeFileSync(file, message)
  const child = launch(['sh', '-c', `${main.join(' ')} bounce ${options} < ${file}`], env)
  const [out, err, [code]] = await Promise.all([text(child.stdout!), text(child.stderr!), once(child, 'close')])
  return { code, out, err }
}

test('a report is taken from a pipe by the address in its headers, and what is not for this installation ends with 5', async () => {
  const env: Env = { ...demo(), NAMS_BOUNCE_DOMAIN: bounceDomain }
  const taken = await piped(bounces.postfix(ours(env)), env)
  assert.deepEqual([taken.code, taken.out], [0, '1 report taken.\n'], taken.err)
  assert.deepEqual((await piped(bounces.onLeave('x@example.test'), env, `--to ${ours(env)}`)).out, '0 reports taken.\n')
  assert.equal((await piped(bounces.postfix(`nams@${bounceDomain}`), env)).code, 5)
  assert.equal((await nams(['bounce'], demo())).code, 3)
})

test('the program listens for what comes back where it is told to, and takes nothing else', async () => {
  const free = createServer().listen(0, '127.0.0.1')
  await once(free, 'listening')
  const { port } = free.address() as AddressInfo
  free.close()
  const env: Env = { ...demo(), NAMS_BOUNCE_DOMAIN: bounceDomain, NAMS_MAIL_LISTEN: `127.0.0.1:${port}` }
  const program = await serving(env)
  const other = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true })
  const send = (to: string) => other.sendMail({ envelope: { from: '', to }, raw: bounces.postfix(to) })
  assert.match((await send(ours(env))).response, /^250/)
  await assert.rejects(send(`info@${bounceDomain}`), /550/)
  other.close()
  assert.equal(await program.stop(), 0)
})
