import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogue } from '../app.ts'
import { addInspectionType, recordInspection } from '../inspections/actions.ts'
import { sweep } from '../inspections/sweep.ts'
import { writing } from '../platform/database.ts'
import { date, openWorld } from '../../test/world.ts'
import type { Channel, Obstacle } from './channel.ts'
import { deliverAll, type Post } from './delivery.ts'
import { emailChannel } from './email-channel.ts'
import type { Mail } from './mail.ts'
import { failSilent } from './silence.ts'
import { stops } from './stops.ts'
import { tell } from './tell.ts'

const decision = { number: '12/2026', authority: 'Cēsu būvvalde', date: '2026-11-20', about: 'Ķiršu iela 12, Cēsis', note: '' }

/** An owner of a house, and the world outside: a mail server that keeps what it takes, and an e-address that answers as it is told. */
async function oneOwner() {
  const world = await openWorld()
  const building = await world.building('Ķiršu iela 12, Cēsis')
  const owner = await world.person('Anna Kalniņa', 'anna@example.test')
  await world.holds(owner, building)
  const mails: Mail[] = []
  const outside: { eaddress: Obstacle | null; mail: Obstacle | null } = { eaddress: null, mail: null }
  const taken: number[] = []
  const transport = { send: async (mail: Mail) => (mails.push(mail), '250 OK'), check: async () => {}, close: () => {} }
  const mailing = emailChannel({ transport, texts: catalogue, publicUrl: 'https://nams.example.test' })
  const email: Channel = { ...mailing, send: async (ctx, letter) => (outside.mail ? { obstacle: outside.mail, answer: 'no' } : mailing.send(ctx, letter)) }
  const eaddress: Channel = {
    name: 'eaddress',
    send: async (_, { id }) => (outside.eaddress === null && taken.push(id), { obstacle: outside.eaddress, answer: 'div' }),
    close: () => {},
  }
  const post: Post = { texts: catalogue, channels: { email, eaddress } }
  const at = (instant: string) => ({ ...world.system(), now: new Date(instant) })
  const deliver = (instant: string) => deliverAll(() => at(instant), post)
  const rows = async () => {
    const all = await world.db.selectFrom('delivery').select(['channel', 'state', 'attempts', 'answer']).orderBy('channel').execute()
    return all.map(({ channel, state, attempts }) => `${channel} ${state} ${attempts}`)
  }
  const settings = { ...world.system().settings, channels: ['eaddress', 'email', 'push'] as const }
  const permit = () => writing(world.db, (tx) => tell(tx, { ...world.system(), settings }, { kind: 'PERMIT_ISSUED', data: decision, recipients: [owner.id] }))
  const set = (timing: object) =>
    writing(world.db, (tx) => tx.insertInto('notice_timing').values({ party_id: owner.id, quiet_from: null, quiet_to: null, digest_hour: null, ...timing }).execute())
  const readingDue = (number: string) =>
    writing(world.db, (tx) => tell(tx, world.system(), { kind: 'READING_DUE', data: { address: 'Ķiršu iela 12', type: 'WATER', number, on: '2026-12-01' }, recipients: [owner.id] }))
  return { world, building, owner, mails, outside, taken, post, at, deliver, rows, permit, set, readingDue }
}

test('an authority’s decision goes to the e-address, and the mail says only that it is there', async () => {
  const { permit, deliver, rows, mails, taken } = await oneOwner()
  await permit()
  assert.deepEqual(await rows(), ['eaddress queued 0'])
  await deliver('2026-11-23T08:00:00Z')
  assert.deepEqual(await rows(), ['eaddress sent 1', 'email sent 1'])
  assert.equal(taken.length, 1)
  assert.match(mails[0]!.text, /e-adres/)
  assert.doesNotMatch(mails[0]!.text, /būvatļauj/)
})

test('where the e-address does not take it, the mail has the contents', async () => {
  const { permit, deliver, rows, mails, outside } = await oneOwner()
  await permit()
  outside.eaddress = 'refused'
  await deliver('2026-11-23T08:00:00Z')
  assert.deepEqual(await rows(), ['eaddress failed 1', 'email sent 1'])
  assert.match(mails[0]!.text, /izsniedza būvatļauju Nr\. 12\/2026/)
})

test('an e-address that stays silent for 72 hours counts as failed, and the mail goes again with the contents', async () => {
  const { permit, deliver, rows, mails, at, post } = await oneOwner()
  await permit()
  await deliver('2026-11-23T08:00:00Z')
  assert.equal(await failSilent(at('2026-11-26T07:59:00Z'), post), 0)
  assert.equal(await failSilent(at('2026-11-26T08:00:00Z'), post), 1)
  await deliver('2026-11-26T08:00:00Z')
  assert.deepEqual(await rows(), ['eaddress failed 1', 'email sent 1'])
  assert.match(mails[1]!.text, /izsniedza būvatļauju Nr\. 12\/2026/)
})

test('a misconfigured channel stops and does not burn the others’ queue; it goes on when it is put right', async () => {
  const { permit, deliver, rows, outside, world, readingDue } = await oneOwner()
  await permit()
  await readingDue('44-1')
  outside.eaddress = 'misconfigured'
  const round = await deliver('2026-11-23T08:00:00Z')
  assert.deepEqual([round.sent, round.stopped?.channel], [1, 'eaddress'])
  assert.deepEqual(await rows(), ['eaddress queued 0', 'email sent 1'])
  assert.equal((await stops(world.db))[0]!.obstacle, 'misconfigured')
  outside.eaddress = null
  assert.equal((await deliver('2026-11-23T08:00:30Z')).sent, 0, 'it is left alone for a while')
  assert.equal((await deliver('2026-11-23T08:01:00Z')).sent, 2)
  assert.deepEqual(await stops(world.db), [])
})

test('what nobody could try for 72 hours becomes a failure that is seen', async () => {
  const { readingDue, deliver, rows, outside, at, post } = await oneOwner()
  await readingDue('44-1')
  outside.mail = 'misconfigured'
  await deliver('2026-11-23T08:00:00Z')
  assert.equal(await failSilent(at('2026-11-26T06:59:00Z'), post), 0)
  assert.equal(await failSilent(at('2026-11-26T07:00:00Z'), post), 1)
  assert.deepEqual(await rows(), ['email failed 0'])
})

test('quiet hours put a mail off and lose none', async () => {
  const { readingDue, deliver, rows, mails, set } = await oneOwner()
  await set({ quiet_from: 8, quiet_to: 18 })
  await readingDue('44-1')
  assert.equal((await deliver('2026-11-23T08:00:00Z')).sent, 0)
  assert.equal((await deliver('2026-11-23T15:59:00Z')).sent, 0)
  assert.deepEqual(await rows(), ['email queued 0'])
  assert.equal((await deliver('2026-11-23T16:00:00Z')).sent, 1)
  assert.equal(mails.length, 1)
})

test('a digest is one mail a day with all that was told, each with its link', async () => {
  const { readingDue, deliver, rows, mails, set } = await oneOwner()
  await set({ digest_hour: 18 })
  for (const number of ['44-1', '44-2', '44-3']) await readingDue(number)
  assert.equal((await deliver('2026-11-23T08:00:00Z')).sent, 0)
  assert.equal((await deliver('2026-11-23T16:00:00Z')).sent, 3)
  assert.equal(mails.length, 1)
  assert.equal(mails[0]!.subject, '3 jauni paziņojumi')
  for (const number of ['44-1', '44-2', '44-3']) assert.ok(mails[0]!.text.includes(number))
  assert.equal(mails[0]!.text.match(/https:\/\/nams\.example\.test\/notices\/\d+/g)!.length, 3)
  assert.deepEqual(await rows(), ['email sent 1', 'email sent 1', 'email sent 1'])
})

test('a digest that cannot go is tried again, each of its notices kept', async () => {
  const { readingDue, deliver, rows, mails, set, post } = await oneOwner()
  await set({ digest_hour: 18 })
  for (const number of ['44-1', '44-2']) await readingDue(number)
  await deliver('2026-11-23T08:00:00Z')
  const { sendDigest } = post.channels.email!
  post.channels.email!.sendDigest = async () => ({ obstacle: 'misconfigured', answer: '535' })
  await deliver('2026-11-23T16:00:00Z')
  assert.deepEqual(await rows(), ['email queued 0', 'email queued 0'])
  post.channels.email!.sendDigest = sendDigest!
  await deliver('2026-11-23T16:01:00Z')
  assert.equal(mails.length, 1)
})

test('an inspection recorded in the meantime calls the waiting mail off, and the history says so', async () => {
  const { world, building, owner, deliver, rows, mails, set } = await oneOwner()
  await set({ quiet_from: 8, quiet_to: 18 })
  await addInspectionType(world.as(owner), building.number, { type: 'FIRE_SAFETY', label: '', firstOn: '2026-12-01', every: 'P1Y', remindBefore: 'P1M', justification: '' })
  await sweep(world.system(date('2026-11-23')))
  await deliver('2026-11-23T08:00:00Z')
  assert.deepEqual(await rows(), ['email queued 0'])
  await recordInspection(world.as(owner), building.number, { type: 'FIRE_SAFETY', label: '', performedOn: '2026-11-23', periodic: false, number: '', justification: '' })
  await deliver('2026-11-23T16:00:00Z')
  assert.deepEqual(await rows(), ['email cancelled 1'])
  assert.equal(mails.length, 0)
  const event = await world.db.selectFrom('event').select(['case_id', 'before']).where('action', '=', 'notice.cancelled').executeTakeFirstOrThrow()
  assert.equal(event.case_id, building.caseId)
  assert.equal((event.before as { notice: string }).notice, 'INSPECTION_DUE')
})

test('each attempt is kept with its answer', async () => {
  const { readingDue, deliver, outside, world } = await oneOwner()
  await readingDue('44-1')
  outside.mail = 'delayed'
  await deliver('2026-11-23T08:00:00Z')
  outside.mail = null
  await deliver('2026-11-23T08:10:00Z')
  const tried = await world.db.selectFrom('delivery_attempt').select(['at', 'obstacle', 'answer']).orderBy('id').execute()
  assert.deepEqual(tried.map(({ at, obstacle, answer }) => [at.toISOString(), obstacle, answer]), [
    ['2026-11-23T08:00:00.000Z', 'delayed', 'no'],
    ['2026-11-23T08:10:00.000Z', null, '250 OK'],
  ])
  const { subject, body } = await world.db.selectFrom('delivery').select(['subject', 'body']).executeTakeFirstOrThrow()
  assert.match(subject!, /44-1/)
  assert.match(body!, /Ķiršu iela 12/)
})
