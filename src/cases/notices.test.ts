import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../kernel/refusal.ts'
import { addInspectionType } from '../inspections/actions.ts'
import { sweep } from '../inspections/sweep.ts'
import { inbox, openNotice } from '../notifications/inbox.ts'
import { date, openWorld } from '../../test/world.ts'
import { caseNotices } from './notices.ts'

const draft = { type: 'FIRE_SAFETY', label: '', firstOn: '2027-03-01', every: 'P1Y', remindBefore: 'P1M', justification: '' }

/** A house with a manager, whose two responsible persons are told; one of them has a verified address. */
async function toldHouse() {
  const world = await openWorld()
  const owner = await world.person('Anna Kalniņa')
  const zane = await world.person('Zane Liepa', 'zane@example.test')
  const caune = await world.person('Ģirts Caune')
  const [manager, second] = [await world.organisation('SIA Namu gādība'), await world.organisation('SIA Otrā gādība')]
  const building = await world.building('Ķiršu iela 12, Cēsis')
  await world.holds(owner, building)
  await world.manages(manager, building, zane)
  await world.manages(second, building, caune)
  await addInspectionType(world.as(owner), building.number, draft)
  await sweep(world.system(date('2027-02-01')))
  return { world, owner, zane, caune, building }
}

const isKind = (kind: string) => (error: unknown) => error instanceof Refusal && error.kind === kind

test('whoever may configure sees to whom a notice went, who has read it and what became of the e-mail', async () => {
  const { world, owner, zane, building } = await toldHouse()
  const { id } = (await inbox(world.as(zane))).notices[0]!
  await openNotice(world.as(zane), id)
  const { notices, next } = await caseNotices(world.as(owner), building.number)
  assert.equal(next, null)
  assert.deepEqual(notices.map((notice) => [notice.id, notice.own]), [[id, null]])
  assert.deepEqual(notices[0]!.recipients, [
    { kind: 'person', name: 'Ģirts Caune', readAt: null, readBy: null, email: null },
    { kind: 'person', name: 'Zane Liepa', readAt: world.now, readBy: 'Zane Liepa', email: { state: 'queued', sentAt: null } },
  ])
})

test('everybody else sees the notices addressed to the active profile, and not who else was told', async () => {
  const { world, zane, caune, building } = await toldHouse()
  await openNotice(world.as(zane), (await inbox(world.as(zane))).notices[0]!.id)
  const list = async (who: typeof zane) => (await caseNotices(world.as(who), building.number)).notices
  assert.deepEqual((await list(zane)).map(({ own, recipients }) => [own, recipients]), [[{ readAt: world.now, readBy: 'Zane Liepa' }, null]])
  assert.deepEqual((await list(caune)).map(({ own, recipients }) => [own, recipients]), [[{ readAt: null, readBy: null }, null]])
})

test('who sees the case but was told nothing finds an empty list, a stranger no case', async () => {
  const { world, building } = await toldHouse()
  const [director, stranger] = [await world.person('Jānis Bērziņš'), await world.person('Svešs Cilvēks')]
  await world.manages(director, building)
  assert.deepEqual(await caseNotices(world.as(director), building.number), { notices: [], next: null })
  await assert.rejects(caseNotices(world.as(stranger), building.number), isKind('missing'))
})

test('the list of a case is read in pages, the latest told first', async () => {
  const { world, owner, building } = await toldHouse()
  await addInspectionType(world.as(owner), building.number, { ...draft, type: 'Skursteņu tīrīšana' })
  await sweep(world.system(date('2027-02-02')))
  const first = await caseNotices(world.as(owner), building.number, { limit: 1 })
  assert.deepEqual(first.notices.map(({ createdOn }) => createdOn), ['2027-02-02'])
  const second = await caseNotices(world.as(owner), building.number, { limit: 1, after: first.next! })
  assert.deepEqual(second.notices.map(({ createdOn }) => createdOn), ['2027-02-01'])
  assert.equal(second.next, null)
})
