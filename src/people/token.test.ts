import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../kernel/refusal.ts'
import { writing } from '../platform/database.ts'
import { date, nobody, openWorld, type World } from '../../test/world.ts'
import { issueToken, revokeToken, tokenActor, tokensOf } from './token.ts'


async function oneRepresentative() {
  const world = await openWorld()
  const person = await world.person('Anna Kalniņa')
  const company = await world.organisation('SIA „Jaunā māja”')
  await world.represents(person, company, 'joint')
  const actorOf = (secret: string, now = world.now) => tokenActor(world.db, secret, { now, staff: nobody })
  return { world, person, company, actorOf }
}

const isRefused = (kind: string, ...problems: string[]) => (error: unknown) =>
  error instanceof Refusal && error.kind === kind && problems.every((text, place) => `${error.problems[place]?.field} ${error.problems[place]?.code}` === text)

const events = ({ db }: World) => db.selectFrom('event').select(['case_id', 'action', 'actor_id', 'before', 'after']).orderBy('id').execute()

test('a token acts as its person in its profile, until it is revoked', async () => {
  const { world, person, company, actorOf } = await oneRepresentative()
  const secret = await issueToken(world.as(person), person, company, '  Accounting ')
  assert.match(secret, /^nams_[\w-]{43}$/)
  assert.deepEqual(await actorOf(secret), { kind: 'person', person, profile: company, represents: 'joint', operator: false, support: false })
  const [token] = await tokensOf(world.db, person.id)
  assert.equal(token?.name, 'Accounting')
  await revokeToken(world.as(person), token!.id)
  assert.equal(await actorOf(secret), undefined)
  assert.deepEqual(await tokensOf(world.db, person.id), [])
  assert.deepEqual(await events(world), [
    { case_id: 0, action: 'token.issued', actor_id: person.id, before: null, after: { name: 'Accounting', person: person.name, profile: company.name } },
    { case_id: 0, action: 'token.revoked', actor_id: person.id, before: { name: 'Accounting', profile: company.name }, after: null },
  ])
})

test('the secret of a token is not in the database', async () => {
  const { world, person } = await oneRepresentative()
  const secret = await issueToken(world.system(), person, person, 'Command')
  const stored = JSON.stringify([await world.db.selectFrom('api_token').selectAll().execute(), await events(world)])
  assert.ok(stored.includes('Command'))
  assert.ok(!stored.includes(secret.slice(5)))
})

test('a token is dead once its person no longer represents the organisation', async () => {
  const { world, person, company, actorOf } = await oneRepresentative()
  const secret = await issueToken(world.as(person), person, company, 'Accounting')
  assert.ok(await actorOf(secret))
  await writing(world.db, (tx) => tx.updateTable('representative').set({ valid_to: date('2026-11-22') }).execute())
  assert.equal(await actorOf(secret), undefined)
})

test('the token of an operator is an operator\'s, of a support person support\'s, and a secret that was never issued is nobody\'s', async () => {
  const { world, person } = await oneRepresentative()
  const secret = await issueToken(world.system(), person, person, 'Command')
  const actor = await tokenActor(world.db, secret, { now: world.now, staff: { ...nobody, operators: new Set([person.code]) } })
  assert.deepEqual([actor?.operator, actor?.support], [true, false])
  const supporter = await tokenActor(world.db, secret, { now: world.now, staff: { ...nobody, support: new Set([person.code]) } })
  assert.deepEqual([supporter?.operator, supporter?.support], [false, true])
  assert.equal(await tokenActor(world.db, `${secret}x`, { now: world.now, staff: nobody }), undefined)
})

test('a token needs a name and a profile that is the person\'s, and both problems are told at once', async () => {
  const { world, person, company } = await oneRepresentative()
  const stranger = await world.person('Pēteris Ozols')
  await assert.rejects(issueToken(world.as(stranger), stranger, company, ' '), isRefused('invalid', 'name required', 'profile not-represented'))
  await assert.rejects(issueToken(world.as(person), person, company, 'x'.repeat(101)), isRefused('invalid', 'name too-long'))
  assert.deepEqual(await tokensOf(world.db, stranger.id), [])
  assert.deepEqual(await events(world), [])
})

test('nobody issues or revokes the tokens of another person', async () => {
  const { world, person, company, actorOf } = await oneRepresentative()
  const stranger = await world.person('Pēteris Ozols')
  await assert.rejects(issueToken(world.as(stranger), person, company, 'Accounting'), isRefused('forbidden'))
  const secret = await issueToken(world.as(person), person, company, 'Accounting')
  const [token] = await tokensOf(world.db, person.id)
  await assert.rejects(revokeToken(world.as(stranger), token!.id), isRefused('missing'))
  assert.ok(await actorOf(secret))
  await revokeToken(world.system(), token!.id)
  assert.equal(await actorOf(secret), undefined)
})

test('the use of a token is written at most once a minute', async () => {
  const { world, person, actorOf } = await oneRepresentative()
  const secret = await issueToken(world.as(person), person, person, 'Accounting')
  const usedAt = async (seconds: number) => {
    await actorOf(secret, new Date(world.now.getTime() + seconds * 1000))
    const [token] = await tokensOf(world.db, person.id)
    return (token!.usedAt!.getTime() - world.now.getTime()) / 1000
  }
  assert.equal(await usedAt(0), 0)
  assert.equal(await usedAt(59), 0)
  assert.equal(await usedAt(60), 60)
})
