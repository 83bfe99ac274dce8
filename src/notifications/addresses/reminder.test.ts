import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openOffice } from '../../../test/post.ts'
import { openSite } from '../../../test/site.ts'
import { openWorld } from '../../../test/world.ts'
import { recipientsOf } from '../../../test/mail-server.ts'
import { writing } from '../../platform/database.ts'
import { followedSql } from '../delivery-sql.ts'
import { tell } from '../tell.ts'
import type { NoticeKind } from '../notice-types.ts'

const day = 24 * 60
const about = { number: 'P-7', authority: 'Cēsu būvvalde', date: '2026-11-20', about: 'Slepena piebūve' }

/** A person with an address that nobody has verified, and how to tell somebody of something. */
async function openUnverified() {
  const world = await openWorld()
  const person = await world.person('Anna Kalniņa', 'anna@example.test')
  await writing(world.db, (tx) => tx.updateTable('party').set({ email_verified_on: null }).execute())
  const office = await openOffice(world)
  const told = (minutes: number, kind: NoticeKind = 'DESIGN_APPROVED', recipients = [person.id]) => {
    const ctx = { ...world.system(), now: new Date(world.now.getTime() + minutes * 60_000) }
    return writing(world.db, (tx) => tell(tx, ctx, { kind, data: about, recipients }))
  }
  const rows = () => world.db.selectFrom('delivery').select(['state', 'answer']).orderBy('notice_id').execute()
  return { world, person, office, told, rows }
}

test('a notice to an unverified address leaves no contents there, but a neutral reminder, and the history says so', async () => {
  const { world, person, office, told, rows } = await openUnverified()
  const id = await told(0)
  const [mail, ...more] = await office.sendAfter(0)
  assert.deepEqual([recipientsOf([mail!]), more], [['anna@example.test'], []])
  assert.equal(mail!.subject, 'Lūdzu, apstipriniet savu e-pasta adresi')
  assert.ok(mail!.text!.includes('https://nams.example.test/profile/email'))
  for (const part of [mail!.text!, mail!.html as string, mail!.to!.text]) assert.doesNotMatch(part, /Kalniņa|Slepena|P-7|akceptēts|verify\//)
  assert.deepEqual(await rows(), [{ state: 'failed', answer: 'unverified' }])
  const guest = await (await openSite(world))(person)
  assert.ok((await guest.get(`/notices/${id}/proof`)).words.includes('E-pasts nav sūtīts: profilam nav apstiprinātas adreses'))
})

test('the reminder goes to an address once a week, however many notices and profiles there are', async () => {
  const { world, person, office, told } = await openUnverified()
  const shared = await world.organisation('SIA “Jaunā māja”', 'ANNA@example.test')
  await writing(world.db, (tx) => tx.updateTable('party').set({ email_verified_on: null }).execute())
  await told(0, 'DESIGN_APPROVED', [person.id, shared.id])
  await told(1)
  assert.equal((await office.sendAfter(1)).length, 1)
  await told(7 * day - 1)
  assert.equal((await office.sendAfter(7 * day - 1)).length, 0)
  await told(7 * day)
  assert.equal((await office.sendAfter(7 * day)).length, 1)
})

test('whoever has no address, or has switched the mails off, gets no reminder', async () => {
  const { world, person, office, told, rows } = await openUnverified()
  await writing(world.db, (tx) => tx.insertInto('muted_notices').values({ party_id: person.id, category: 'decisions', channel: 'email' }).execute())
  await told(0, 'DESIGN_APPROVED', [person.id, (await world.person('Jānis Ozols')).id])
  assert.deepEqual([await office.sendAfter(0), await rows()], [[], []])
  await told(1, 'PERMIT_ISSUED')
  assert.equal((await office.sendAfter(1)).length, 1, 'what cannot be muted still reminds')
})

test('a reminder that waits is not sent once the address is verified', async () => {
  const { world, person, office, told } = await openUnverified()
  await told(0)
  await writing(world.db, (tx) => tx.updateTable('party').set({ email_verified_on: world.today }).where('id', '=', person.id).execute())
  assert.deepEqual(await office.sendAfter(0), [])
})

test('the mail takes over from an e-address that failed where the address was verified meanwhile', async () => {
  const { world, person, office, told, rows } = await openUnverified()
  const id = await told(0, 'PERMIT_ISSUED')
  await writing(world.db, async (tx) => {
    await tx.updateTable('party').set({ email_verified_on: world.today }).where('id', '=', person.id).execute()
    await sql`with marked as (select ${id}::bigint as notice_id, 0::bigint as case_id, ${person.id}::bigint as party_id, 'eaddress' as channel)
      ${followedSql({ kind: 'PERMIT_ISSUED', channel: 'eaddress' }, 'failed', world.now, ['eaddress', 'email'])} select from marked`.execute(tx)
  })
  const [mail] = await office.sendAfter(0)
  assert.ok(mail!.text!.includes('P-7'))
  assert.deepEqual((await rows()).map(({ state }) => state), ['sent'])
})
