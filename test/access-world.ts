// The people and places of the tables of access: each stands to a building in another way; and which actions need a row.
import { globSync, readFileSync } from 'node:fs'
import { Refusal } from '../src/kernel/refusal.ts'
import type { PersonContext } from '../src/people/context.ts'
import { openWorld } from './world.ts'

export type Outcome = 'allowed' | 'missing' | 'forbidden'

/** Four properties of one world: a villa with one owner, a house of flats with a manager, an office of an organisation, two barns of two owners. */
export async function buildWorld(policy: 'strict' | 'withManager') {
  const world = await openWorld({ policy })
  const person = (name: string) => world.person(name)
  const [villaOwner, flatOwner, halfFlat, otherHalf, possessor, manager, responsible, sole, joint, stranger, barnOwner, otherBarn] = await Promise.all(
    ['Vija Viena', 'Dace Dzīvokle', 'Pauls Puse', 'Otra Puse', 'Valdis Valdītājs', 'Māris Pārvaldnieks', 'Alda Atbildīgā', 'Sole Paraksts', 'Kopa Paraksts', 'Svešs Svešinieks', 'Kārlis Klētnieks', 'Otrs Klētnieks'].map(person),
  )
  const firm = await world.organisation('SIA “Birojs”')
  await world.represents(sole!, firm)
  await world.represents(joint!, firm, 'joint')
  const villa = await world.building('Villas iela 1')
  const flats = await world.building('Dzīvokļu iela 2')
  const office = await world.building('Biroja iela 3')
  const [barn, barnBeside] = [await world.building('Klētis 4'), await world.building('Klētis 5')]
  await world.holds(villaOwner!, villa)
  await world.holds(possessor!, villa, { right: 'possessor' })
  const flat = (at: number) => `${flats.designation}00${at}`
  await world.holds(flatOwner!, flats, { premises: flat(1) })
  await world.holds(halfFlat!, flats, { premises: flat(2) })
  await world.holds(otherHalf!, flats, { premises: flat(2) })
  await world.manages(manager!, flats, responsible!)
  await world.holds(firm, office)
  await world.holds(barnOwner!, barn)
  await world.holds(otherBarn!, barnBeside)
  const houses = {
    villa: await world.house('ML-villa', [villa]),
    flats: await world.house('ML-flats', [flats], 'apartments'),
    office: await world.house('ML-office', [office]),
    barns: await world.house('ML-barns', [barn, barnBeside]),
  }
  const as = {
    'the only owner': world.as(villaOwner!),
    'a possessor beside an owner': world.as(possessor!),
    'the owner of a flat': world.as(flatOwner!),
    'an owner of half a flat': world.as(halfFlat!),
    'the manager': world.as(manager!),
    'the responsible person': world.as(responsible!),
    'a sole representative': world.as(sole!, firm, 'sole'),
    'a joint representative': world.as(joint!, firm, 'joint'),
    'a representative in the own profile': world.as(sole!),
    'a stranger': world.as(stranger!),
    'the owner of one building of two': world.as(barnOwner!),
  } as Record<string, PersonContext>
  return { world, as, places: { villa, flats, office }, houses, barns: { barn, barnBeside } }
}

export type AccessWorld = Awaited<ReturnType<typeof buildWorld>>

export const outcome = async (work: Promise<unknown>): Promise<Outcome | string> =>
  work.then(
    () => 'allowed',
    (error) => (error instanceof Refusal ? error.kind : String(error)),
  )

/**
 * The names of a room's actions, sorted: what is exported by each of its files that changes something, and by the files named,
 * but for `helpers`, which decide nothing by themselves.
 */
export async function actionsOf(room: string, files: readonly string[], helpers: readonly string[]): Promise<string[]> {
  const folder = new URL(`../src/${room}/`, import.meta.url)
  const changing = globSync('*.ts', { cwd: folder }).filter((file) => /\bchange\(/.test(readFileSync(new URL(file, folder), 'utf8')) && !file.endsWith('.test.ts'))
  const modules: object[] = await Promise.all([...new Set([...changing, ...files])].map((file) => import(new URL(file, folder).href)))
  const exported = modules.flatMap((module) => Object.entries(module)).filter(([, value]) => typeof value === 'function')
  return exported.map(([name]) => name).filter((name) => !helpers.includes(name)).sort()
}
