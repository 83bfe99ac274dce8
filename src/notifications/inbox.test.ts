import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../kernel/refusal.ts'
import { addInspectionType } from '../inspections/actions.ts'
import { sweep } from '../inspections/sweep.ts'
import { date, openWorld } from '../../test/world.ts'
import { inbox, inboxFilterOf, inboxNotice, markUnread, openNotice, profileOfNotice } from './inbox.ts'

const draft = { type: 'FIRE_SAFETY', label: '', firstOn: '2027-03-01', every: 'P1Y', remindBefore: 'P1M', justification: '' }

/** A building of an owner, with a manager's organisation told of three types on three days. */
async function threeNotices() {
  const world = await openWorld()
  const owner = await world.person('Anna Kalniņa')
  const director = await world.person('Jānis Bērziņš')
  const manager = await world.organisation('SIA Namu gādība')
  await world.represents(director, manager)
  const building = await world.building('Ķiršu iela 12, Cēsis')
  await world.holds(owner, building)
  await world.manages(manager, building)
  const firsts = { 'Skursteņu tīrīšana': '2027-02-01', FIRE_SAFETY: '2027-03-01', DANGEROUS_EQUIPMENT: '2027-04-01' }
  for (const [type, firstOn] of Object.entries(firsts)) await addInspectionType(world.as(owner), building.number, { ...draft, type, firstOn })
  for (const day of ['2027-01-01', '2027-02-01', '2027-03-01']) await sweep(world.system(date(day)))
  return { world, owner, director, manager, building, asManager: world.as(director, manager) }
}

const missing = (error: unknown) => error instanceof Refusal && error.kind === 'missing'

test('notices lie unread in the inbox of the profile they are addressed to, the latest told first', async () => {
  const { world, owner, director, asManager } = await threeNotices()
  const { notices, unread, next } = await inbox(asManager)
  assert.deepEqual(
    notices.map(({ createdOn, data, readAt, addressed }) => [createdOn, data['type'], readAt, addressed]),
    [
      ['2027-03-01', 'DANGEROUS_EQUIPMENT', null, 'manager'],
      ['2027-02-01', 'FIRE_SAFETY', null, 'manager'],
      ['2027-01-01', 'Skursteņu tīrīšana', null, 'manager'],
    ],
  )
  assert.deepEqual([unread, next], [3, null])
  for (const other of [world.as(owner), world.as(director)]) assert.deepEqual(await inbox(other), { notices: [], unread: 0, next: null })
})

test('opening a notice marks it read with who and when, once, and it can be set aside as unread', async () => {
  const { world, director, manager, asManager } = await threeNotices()
  const second = await world.person('Līga Ozola')
  await world.represents(second, manager)
  const { id } = (await inbox(asManager)).notices[0]!
  assert.equal((await inboxNotice(asManager, id)).readAt, null)
  const opened = await openNotice(asManager, id)
  assert.deepEqual([opened.readAt, opened.readBy], [world.now, 'Jānis Bērziņš'])
  const later = { ...world.as(second, manager), now: new Date(world.now.getTime() + 60_000) }
  assert.deepEqual(await openNotice(later, id), opened)
  assert.equal((await inbox(asManager)).unread, 2)
  assert.equal((await markUnread(asManager, id)).readBy, null)
  assert.equal((await inbox(asManager)).unread, 3)
  assert.deepEqual((await openNotice(later, id)).readBy, 'Līga Ozola')
  await assert.rejects(openNotice(world.as(director), id), missing)
})

test("another profile's notice is missing, and stays unread", async () => {
  const { world, owner, director, asManager } = await threeNotices()
  const { id } = (await inbox(asManager)).notices[0]!
  for (const act of [openNotice, inboxNotice, markUnread])
    for (const other of [world.as(owner), world.as(director), world.system()]) await assert.rejects(act(other, id), missing)
  assert.equal((await inbox(asManager)).unread, 3)
  assert.equal((await openNotice(asManager, id)).id, id)
})

test('whoever opens a link to a notice in another of their profiles learns which one; a stranger does not', async () => {
  const { world, owner, director, manager, asManager } = await threeNotices()
  const { id } = (await inbox(asManager)).notices[0]!
  await assert.rejects(openNotice(world.as(director), id), missing)
  assert.deepEqual(await profileOfNotice(world.as(director), id), { party: manager, represents: 'sole' })
  await assert.rejects(profileOfNotice(world.as(owner), id), missing)
})

test('the inbox is filtered by state, kind and day of creation, and read in pages', async () => {
  const { asManager } = await threeNotices()
  const days = async (values: Record<string, string>, limit?: number) => {
    const { notices, next } = await inbox(asManager, inboxFilterOf(values), limit)
    return { days: notices.map(({ createdOn }) => createdOn), next }
  }
  const [, middle] = (await inbox(asManager)).notices
  await openNotice(asManager, middle!.id)
  assert.deepEqual((await days({ state: 'unread' })).days, ['2027-03-01', '2027-01-01'])
  assert.deepEqual((await days({ state: 'read' })).days, ['2027-02-01'])
  assert.deepEqual((await days({ from: '2027-02-01', to: '2027-02-28' })).days, ['2027-02-01'])
  assert.deepEqual((await days({ kind: 'LIMIT_EXCEEDED' })).days, [])
  assert.deepEqual((await days({ kind: 'INSPECTION_DUE', state: '', from: '' })).days.length, 3)
  const first = await days({}, 2)
  assert.deepEqual(first, { days: ['2027-03-01', '2027-02-01'], next: middle!.id })
  assert.deepEqual(await days({ after: String(first.next) }, 2), { days: ['2027-01-01'], next: null })
})

test('a filter that means nothing is refused with all its problems', () => {
  const fields = ({ problems }: Refusal) => problems.map(({ field }) => field).join()
  const refused = (error: unknown) => error instanceof Refusal && fields(error) === 'state,kind,from,to,after'
  assert.throws(() => inboxFilterOf({ state: 'lost', kind: 'X', from: '31.02.2027', to: 'soon', after: '-1' }), refused)
})
