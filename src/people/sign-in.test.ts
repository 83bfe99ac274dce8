import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writing } from '../platform/database.ts'
import { openServer } from '../../test/server.ts'
import { wordsOf } from '../../test/site.ts'
import { date, openWorld } from '../../test/world.ts'
import { safePath } from './sign-in.ts'

async function openDemo() {
  const world = await openWorld()
  const server = await openServer(world, { demo: true })
  const see = async (url = '/sign-in', language = 'lv') => wordsOf((await server.inject({ url, headers: { 'accept-language': language } })).body)
  return { world, server, see }
}

test('the demo says of each person who they are by today\'s registers', async () => {
  const { world, see } = await openDemo()
  const [anna, janis, inese, liga] = [await world.person('Anna Kalniņa'), await world.person('Jānis Ozols'), await world.person('Inese Bērziņa'), await world.person('Līga Vītola')]
  await world.person('Nauris Neviens')
  const [villa, house] = [await world.building('Bērzu iela 7'), await world.building('Ķiršu iela 12')]
  await world.holds(anna, villa)
  await world.holds(janis, villa, { to: date('2026-11-22') })
  await world.holds(anna, house, { premises: `${house.designation}023` })
  const manager = await world.organisation('SIA “Nami”')
  await world.manages(manager, house, janis)
  await world.represents(inese, manager)
  await world.represents(liga, manager, 'joint')
  const words = await see()
  for (const part of [
    'Ēku īpašnieki un valdītāji AK Anna Kalniņa Pieder ēka: Bērzu iela 7 Pieder dzīvoklis Nr. 23: Ķiršu iela 12',
    'Pārvaldnieki un atbildīgās personas JO Jānis Ozols Pārvaldnieka atbildīgā persona: SIA “Nami”',
    'Organizāciju pārstāvji IB Inese Bērziņa Vienpersoniski pārstāv pārvaldnieku: SIA “Nami” LV Līga Vītola Kopīgi ar citiem pārstāv pārvaldnieku: SIA “Nami”',
    'Citas personas NN Nauris Neviens Reģistros bez ēkām un pārstāvības',
  ])
    assert.ok(words.replace(/ +/g, ' ').includes(part), `${part}\n${words}`)
  assert.ok((await see('/sign-in', 'en')).includes('Represents the manager SIA “Nami” by sole signature'))
})

test('a share is told from the whole', async () => {
  const { world, see } = await openDemo()
  const [anna, janis] = [await world.person('Anna Kalniņa'), await world.person('Jānis Ozols')]
  const house = await world.building('Upes iela 18')
  await world.holds(anna, house)
  assert.ok((await see()).includes('Pieder ēka: Upes iela 18'))
  await world.holds(janis, house)
  assert.equal((await see()).match(/Kopīpašumā ēka: Upes iela 18/g)?.length, 2)
})

test('of many people the demo shows some and finds the others by name, with or without Latvian letters', async () => {
  const { world, see } = await openDemo()
  const row = (at: number) => ({ kind: 'person', code: String(33000000000 + at), name: `Persona ${at}`, given_name: 'Persona', surname: `${at}` }) as const
  const kept = { email: null, email_verified_on: null, language: 'lv', created_at: world.now } as const
  await writing(world.db, (tx) => tx.insertInto('party').values(Array.from({ length: 70 }, (_, at) => ({ ...row(at), ...kept }))).execute())
  await world.person('Ģirts Kļaviņš')
  const words = await see()
  assert.ok(words.includes('Redzamas 60 personas no 71') && !words.includes('Kļaviņš'))
  for (const find of ['ģirts kļ', 'GIRTS KLAV', 'klavins']) assert.ok((await see(`/sign-in?find=${encodeURIComponent(find)}`)).includes('Ģirts Kļaviņš'), find)
  assert.ok((await see('/sign-in?find=%25')).includes('Neviena persona neatbilst meklētajam.'))
})

test('whoever has more than one profile chooses one right after signing in, and goes on to where they were going', async () => {
  const { world, server } = await openDemo()
  const [inese, anna] = [await world.person('Inese Bērziņa'), await world.person('Anna Kalniņa')]
  const company = await world.organisation('SIA „Nami”')
  await world.represents(inese, company)
  const post = (url: string, payload: object, cookies = {}) => server.inject({ method: 'POST', url, payload, cookies })
  const signIn = (person: { id: number }, to: string) => post('/sign-in/demo', { person: String(person.id), to })
  assert.equal((await signIn(anna, '/calendar')).headers.location, '/calendar')
  const signed = await signIn(inese, '/calendar?month=2026-12')
  assert.equal(signed.headers.location, '/profile/choose?to=%2Fcalendar%3Fmonth%3D2026-12')
  const cookies = { nams_session: signed.cookies.find(({ name }) => name === 'nams_session')!.value }
  const { body } = await server.inject({ url: signed.headers.location!, cookies })
  assert.ok(wordsOf(body).includes('Inese Bērziņa Savā vārdā SIA „Nami” Pārstāvat vienpersoniski'))
  const [own, other, ...more] = [...body.matchAll(/name="profile" value="(\d+)"/g)].map(([, id]) => Number(id))
  assert.deepEqual([own, other, more], [inese.id, company.id, []])
  const choose = async (profile: number, to: string) => (await post('/profile/choose', { profile: String(profile), to }, cookies)).headers.location
  assert.equal(await choose(company.id, '/calendar?month=2026-12'), '/calendar?month=2026-12')
  assert.ok(wordsOf((await server.inject({ url: '/profile', cookies })).body).includes('SIA „Nami” vārdā'))
  assert.equal(await choose(inese.id, 'https://elsewhere.test/'), '/')
  assert.equal((await signIn(inese, '/profile/choose?to=/cases')).headers.location, '/profile/choose?to=/cases')
  assert.equal((await signIn(inese, '//elsewhere.test')).headers.location, '/profile/choose?to=%2F')
})

test('whoever comes to an open door too often is asked to wait', async () => {
  const { server } = await openDemo()
  const knock = () => server.inject({ method: 'POST', url: '/language', payload: {} })
  for (let times = 0; times < 120; times++) assert.equal((await knock()).statusCode, 303)
  const last = await knock()
  assert.equal(last.statusCode, 429)
  assert.ok(last.body.includes('Pārāk daudz pieprasījumu'))
})

test('only a path of this site may be returned to', () => {
  for (const path of ['/', '/cases?state=overdue', '/cases/EL-1', '/profile']) assert.equal(safePath(path), path)
  for (const path of [undefined, '', 'cases', 'https://elsewhere.test/', '//elsewhere.test', '/\\elsewhere.test', '\\\\elsewhere.test', '/\t/elsewhere.test', '/\n/elsewhere.test', '/.//elsewhere.test', '/..//elsewhere.test', 'javascript:alert(1)', ['/cases']])
    assert.equal(safePath(path), '/', String(path))
})
