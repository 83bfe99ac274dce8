import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recipientsOf } from '../mail-server.ts'
import { linkIn, openOffice } from '../post.ts'
import { openSite, type Guest } from '../site.ts'
import { openWorld } from '../world.ts'

async function openProfile(email: string | null = null) {
  const world = await openWorld()
  const person = await world.person('Anna Kalniņa', email)
  let now = world.now
  const enter = await openSite(world, { clock: () => now })
  const guest = await enter(person)
  const office = await openOffice(world)
  const contact = () => world.db.selectFrom('party').select(['email', 'email_verified_on as on']).where('id', '=', person.id).executeTakeFirstOrThrow()
  const post = (fields: Record<string, string>) => guest.post('/profile/email', fields)
  /** Sends the mails and opens the link of the last one, signed out. */
  const verify = async () => {
    const [mail] = (await office.sendAfter()).slice(-1)
    const path = linkIn(mail!, '/verify/')
    return { mail: mail!, path, seen: await enter.stranger.post(path, {}) }
  }
  return { world, person, enter, guest, office, contact, post, verify, after: (minutes: number) => (now = new Date(world.now.getTime() + minutes * 60_000)) }
}

const listed = async (guest: Guest) => (await guest.get('/profile/email')).words

test('a person gives an address and verifies it by the link in the mail, without signing in', async () => {
  const { world, guest, enter, post, contact, office } = await openProfile()
  assert.ok((await listed(guest)).includes('Adrese nav norādīta'))
  assert.equal((await post({ do: 'set', address: ' Anna@Example.test ' })).to, '/profile/email?said=address-link-asked')
  assert.deepEqual(await contact(), { email: 'Anna@Example.test', on: null })
  const [mail] = await office.sendAfter()
  assert.equal(mail!.subject, 'Apstipriniet savu e-pasta adresi')
  assert.ok(!mail!.text!.includes('Kalniņa'))
  const path = linkIn(mail!, '/verify/')
  const seen = await enter.stranger.get(path)
  assert.ok(seen.status === 200 && seen.words.includes('Anna@Example.test'))
  assert.equal((await contact()).on, null, 'looking verifies nothing')
  assert.ok((await enter.stranger.post(path, {})).words.includes('Adrese apstiprināta'))
  assert.deepEqual(await contact(), { email: 'Anna@Example.test', on: world.today })
  assert.ok((await listed(guest)).includes('apstiprināta 23.11.2026'))
  assert.equal((await enter.stranger.post(path, {})).status, 410, 'a link verifies once')
  const events = await world.db.selectFrom('event').select(['action', 'actor_id', 'case_id']).orderBy('id').execute()
  assert.deepEqual(events.map(({ action, actor_id, case_id }) => [action, actor_id !== null, case_id]), [['email.set', true, 0], ['email.verified', false, 0]])
})

test('a link that is forged, too old, or of an address that was removed meanwhile verifies nothing', async () => {
  const { guest, enter, post, contact, office, after } = await openProfile()
  await post({ do: 'set', address: 'anna@example.test' })
  const path = linkIn((await office.sendAfter())[0]!, '/verify/')
  for (const forged of [path.replace(/\/(\d+)\./, '/9$1.'), `${path}0`, '/verify/1', '/verify/x.y']) assert.equal((await enter.stranger.post(forged, {})).status, 410, forged)
  after(48 * 60)
  assert.equal((await enter.stranger.post(path, {})).status, 410)
  after(0)
  await post({ do: 'remove', id: '0' })
  assert.equal((await enter.stranger.post(path, {})).status, 410)
  assert.deepEqual(await contact(), { email: null, on: null })
  assert.ok((await listed(guest)).includes('Adrese nav norādīta'))
})

test('what is no address is refused beside the field, with what was typed still there', async () => {
  const { post, contact, office } = await openProfile()
  for (const address of ['', 'anna', 'anna@example', 'a@b.test, c@d.test', 'Anna <anna@example.test>', 'anna@example.test\r\nBcc: x@y.test']) {
    const { status, page } = await post({ do: 'set', address })
    assert.equal(status, 422, address)
    assert.match(page, /id="address-error"/)
    if (address === 'anna') assert.match(page, /name="address" type="email" value="anna"/)
  }
  assert.equal((await contact()).email, null)
  assert.deepEqual(await office.sendAfter(), [])
})

test('a second address is added once the main one is verified, and takes its place once it is verified itself', async () => {
  const { guest, post, verify, contact, world, person } = await openProfile()
  await post({ do: 'set', address: 'anna@example.test' })
  const early = await post({ do: 'add', address: 'darbs@example.test' })
  assert.ok(early.status === 409 && early.words.includes('kad galvenā ir apstiprināta'))
  await verify()
  assert.equal((await post({ do: 'add', address: 'ANNA@example.test' })).status, 409)
  await post({ do: 'add', address: 'darbs@example.test' })
  const { id } = await world.db.selectFrom('other_email').select('id').where('party_id', '=', person.id).executeTakeFirstOrThrow()
  assert.equal((await post({ do: 'choose', id: String(id) })).status, 409)
  const { mail } = await verify()
  assert.deepEqual(recipientsOf([mail]), ['darbs@example.test'])
  assert.equal((await post({ do: 'choose', id: String(id) })).to, '/profile/email?said=address-chosen')
  assert.deepEqual(await contact(), { email: 'darbs@example.test', on: world.today })
  assert.match(await listed(guest), /darbs@example\.test galvenā apstiprināta .* anna@example\.test apstiprināta/)
  assert.equal((await post({ do: 'set', address: 'cita@example.test' })).status, 409, 'a verified address is not typed over')
})

test('a verified address is removed only after it was confirmed, and the main one last', async () => {
  const { guest, post, verify, contact, world } = await openProfile('anna@example.test')
  await post({ do: 'add', address: 'darbs@example.test' })
  await verify()
  const { id } = await world.db.selectFrom('other_email').select('id').executeTakeFirstOrThrow()
  assert.equal((await guest.post('/profile/email/0/remove', {})).status, 409)
  assert.equal((await post({ do: 'remove', id: String(id) })).status, 409)
  assert.ok((await guest.get(`/profile/email/${id}/remove`)).words.includes('Vai dzēst adresi darbs@example.test?'))
  assert.equal((await guest.post(`/profile/email/${id}/remove`, {})).to, '/profile/email?said=address-removed')
  assert.equal((await guest.post('/profile/email/0/remove', {})).to, '/profile/email?said=address-removed')
  assert.deepEqual(await contact(), { email: null, on: null })
})

test('links for a profile and for an address are limited, and the limit passes with the day', async () => {
  const { post, after, enter, world, office } = await openProfile()
  await post({ do: 'set', address: 'anna@example.test' })
  for (let more = 0; more < 4; more++) assert.equal((await post({ do: 'verify', id: '0' })).status, 303)
  const refused = await post({ do: 'verify', id: '0' })
  assert.ok(refused.status === 409 && refused.words.includes('Saite šodien jau sūtīta vairākas reizes'))
  const other = await enter(await world.person('Jānis Ozols'))
  assert.equal((await other.post('/profile/email', { do: 'set', address: 'ANNA@example.test' })).status, 409)
  assert.equal((await other.post('/profile/email', { do: 'set', address: 'janis@example.test' })).status, 303)
  assert.equal((await office.sendAfter()).length, 6)
  after(24 * 60 + 1)
  assert.equal((await (await enter(await world.person('Zane Zariņa'))).post('/profile/email', { do: 'set', address: 'anna@example.test' })).status, 303)
})

test('a link mail that its server puts off goes later with the same link, and what the server refuses is said on the page', async () => {
  const { guest, post, office } = await openProfile()
  await post({ do: 'set', address: 'anna@example.test' })
  office.refusals.push({ code: 451, text: 'Greylisted' })
  assert.deepEqual(await office.sendAfter(0), [])
  assert.deepEqual(await office.sendAfter(4), [])
  assert.equal((await office.sendAfter(5)).length, 1)
  await post({ do: 'verify', id: '0' })
  office.refusals.push({ code: 550, text: 'No such user here' })
  assert.deepEqual(await office.sendAfter(6), [])
  assert.match(await listed(guest), /Vēstuli ar saiti neizdevās piegādāt: 550 .*No such user here/)
})

test('who represents an organisation alone changes its addresses, who does so jointly sees them only', async () => {
  const { world, person, enter, contact } = await openProfile('anna@example.test')
  const [own, joint] = [await world.organisation('SIA “Jaunā māja”', 'info@example.test'), await world.organisation('SIA “Cita māja”', 'cita@example.test')]
  await world.represents(person, own)
  await world.represents(person, joint, 'joint')
  const [alone, together] = [await enter(person, own), await enter(person, joint)]
  assert.ok((await listed(alone)).includes('info@example.test'))
  assert.equal((await alone.post('/profile/email/0/remove', {})).status, 303)
  assert.ok((await listed(together)).includes('cita@example.test'))
  for (const fields of [{ do: 'add', address: 'x@example.test' }, { do: 'verify', id: '0' }, { do: 'remove', id: '0' }, { do: 'choose', id: '0' }, { do: 'set', address: 'x@example.test' }])
    assert.equal((await together.post('/profile/email', fields)).status, 403, fields.do)
  assert.equal((await together.post('/profile/email/0/remove', {})).status, 403)
  assert.equal((await contact()).email, 'anna@example.test')
})

test('the addresses of another profile can be neither seen nor touched', async () => {
  const { world, enter, post, verify } = await openProfile('anna@example.test')
  await post({ do: 'add', address: 'darbs@example.test' })
  await verify()
  const { id } = await world.db.selectFrom('other_email').select('id').executeTakeFirstOrThrow()
  const other = await enter(await world.person('Jānis Ozols', 'janis@example.test'))
  assert.ok(!(await listed(other)).includes('darbs@example.test'))
  for (const deed of ['choose', 'verify', 'remove']) assert.equal((await other.post('/profile/email', { do: deed, id: String(id) })).status, 404, deed)
  assert.equal((await other.get(`/profile/email/${id}/remove`)).status, 404)
  assert.equal((await other.post(`/profile/email/${id}/remove`, {})).status, 404)
})

test('a mail that waits for an address that was changed meanwhile is not sent', async () => {
  const { post, office } = await openProfile()
  await post({ do: 'set', address: 'viena@example.test' })
  await post({ do: 'set', address: 'otra@example.test' })
  assert.deepEqual(recipientsOf(await office.sendAfter()), ['otra@example.test'])
})
