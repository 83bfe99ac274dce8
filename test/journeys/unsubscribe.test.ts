import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tell } from '../../src/notifications/tell.ts'
import type { NoticeKind } from '../../src/notifications/notice-types.ts'
import { writing } from '../../src/platform/database.ts'
import { linkIn, openOffice, publicUrl } from '../post.ts'
import { openSite } from '../site.ts'
import { openWorld } from '../world.ts'

const data = { number: 'P-7', authority: 'Cēsu būvvalde', date: '2026-11-20', about: 'Ķiršu iela 12, Cēsis' }

async function openTold() {
  const world = await openWorld()
  const person = await world.person('Anna Kalniņa', 'anna@example.test')
  const office = await openOffice(world)
  const site = await openSite(world)
  const told = async (kind: NoticeKind, recipient = person) => {
    await writing(world.db, (tx) => tell(tx, world.system(), { kind, data, recipients: [recipient.id] }))
    return (await office.sendAfter())[0]
  }
  const muted = () => world.db.selectFrom('muted_notices').select(['party_id', 'category', 'channel']).execute()
  /** As a mailbox's server does it: without cookies, and from no page of ours. */
  const oneClick = (path: string, headers = {}) =>
    site.server.inject({ method: 'POST', url: path, payload: 'List-Unsubscribe=One-Click', headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers } })
  return { world, person, office, site, told, muted, oneClick }
}

test('a mail that may be switched off says where, in its headers and in its text, and one POST without cookies does it', async () => {
  const { person, told, muted, oneClick } = await openTold()
  const mail = (await told('DESIGN_APPROVED'))!
  const path = linkIn(mail, '/u/')
  const header = (name: string) => mail.headerLines.filter(({ key }) => key === name).map(({ line }) => line)
  assert.deepEqual(header('list-unsubscribe'), [`List-Unsubscribe: <${publicUrl}${path}>`])
  assert.deepEqual(header('list-unsubscribe-post'), ['List-Unsubscribe-Post: List-Unsubscribe=One-Click'])
  assert.ok((mail.html as string).includes(`href="${publicUrl}${path}"`))
  assert.equal((await oneClick(path, { origin: 'https://mail.example', 'sec-fetch-site': 'cross-site' })).statusCode, 200)
  assert.equal((await oneClick(path)).statusCode, 200, 'again it is as it was')
  assert.deepEqual(await muted(), [{ party_id: person.id, category: 'decisions', channel: 'email' }])
  assert.equal(await told('DESIGN_APPROVED'), undefined)
})

test('a multipart POST, as RFC 8058 allows, does the same', async () => {
  const { site, told, muted } = await openTold()
  const path = linkIn((await told('DESIGN_APPROVED'))!, '/u/')
  const form = new FormData()
  form.set('List-Unsubscribe', 'One-Click')
  const sent = new Response(form)
  const payload = Buffer.from(await sent.arrayBuffer())
  const { statusCode } = await site.server.inject({ method: 'POST', url: path, payload, headers: { 'content-type': sent.headers.get('content-type')! } })
  assert.deepEqual([statusCode, (await muted()).length], [200, 1])
})

test('the page behind the link says what stops, changes nothing by being looked at, and the mails can be had again', async () => {
  const { world, site, told, muted } = await openTold()
  const path = linkIn((await told('DESIGN_APPROVED'))!, '/u/')
  const asked = await site.stranger.get(path)
  assert.ok(asked.status === 200 && asked.words.includes('Iestāžu lēmumi'))
  assert.deepEqual(await muted(), [])
  const done = await site.stranger.post(path, {})
  assert.ok(done.words.includes('E-pasti izslēgti') && done.words.includes('Kā mani informēt'))
  assert.equal((await muted()).length, 1)
  assert.ok((await site.stranger.post(path, { again: 'yes' })).words.includes('E-pasti ieslēgti'))
  assert.deepEqual(await muted(), [])
  assert.ok(await told('DESIGN_APPROVED'))
  const events = await world.db.selectFrom('event').select(['action', 'before', 'after']).orderBy('id').execute()
  const [off, on] = [{ muted: [] }, { muted: ['decisions:email'] }]
  assert.deepEqual(events, [{ action: 'preferences.changed', before: off, after: on }, { action: 'preferences.changed', before: on, after: off }])
})

test('what cannot be muted has no such link', async () => {
  const { told } = await openTold()
  const mail = (await told('PERMIT_ISSUED'))!
  assert.ok(!mail.headers.has('list-unsubscribe') && !mail.headerLines.some(({ key }) => key.startsWith('list-unsubscribe')))
  assert.doesNotMatch(mail.text!, /\/u\//)
})

test('a link that was made up or changed switches nothing off', async () => {
  const { world, site, told, muted, oneClick } = await openTold()
  const path = linkIn((await told('DESIGN_APPROVED'))!, '/u/')
  const other = await world.person('Jānis Ozols', 'janis@example.test')
  const forged = [path.replace(/^\/u\/\w+/, `/u/${other.id.toString(36)}`), path.replace('decisions', 'deadlines'), path.slice(0, -1), '/u/x', '/u/1.decisions.']
  for (const one of forged) assert.deepEqual([(await oneClick(one)).statusCode, (await site.stranger.get(one)).status], [404, 404], one)
  assert.deepEqual(await muted(), [])
})
