// The people of a demo, to be chosen from: who they are by the registers, in groups.
import { sql, type RawBuilder } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import { tidy } from '../kernel/text.ts'
import type { Reader } from '../platform/database.ts'
import { byRank, gathered, type Role, type RoleKind, type RolesOf } from './role.ts'

export type DemoPerson = { id: number; name: string; roles: Role[] }

export const demoGroups = ['owners', 'management', 'organisations', 'flats', 'support', 'others'] as const
export type DemoGroup = (typeof demoGroups)[number]

/** More than these are found by name. */
export const mostShown = 60

const groupOf: Record<RoleKind, DemoGroup> = {
  support: 'support',
  owner: 'owners',
  'co-owner': 'owners',
  possessor: 'owners',
  manager: 'management',
  responsible: 'management',
  sole: 'organisations',
  joint: 'organisations',
  flat: 'flats',
  'co-flat': 'flats',
}

/** The group of a person's foremost role. */
export const demoGroup = ({ roles: [foremost] }: Pick<DemoPerson, 'roles'>): DemoGroup => (foremost ? groupOf[foremost.kind] : 'others')

const itself = (roles: readonly Role[] = []): Pick<Role, 'as'> =>
  roles.some(({ kind }) => kind === 'manager') ? { as: 'manager' } : roles.length > 0 ? { as: 'holder' } : {}

/** Whom people represent, and what that organisation is to buildings. */
async function representation(db: Reader, personIds: readonly number[], today: PlainDate, rolesOf: RolesOf): Promise<Map<number, Role[]>> {
  if (personIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('representative')
    .innerJoin('party', 'party.id', 'representative.organisation_id')
    .select(['person_id', 'party.id', 'party.name', 'representative.kind'])
    .where('person_id', 'in', personIds)
    .where('valid_from', '<=', today)
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>=', today)]))
    .orderBy('party.id')
    .execute()
  const organisations = await rolesOf(db, rows.map(({ id }) => id), today)
  return gathered(rows.map(({ person_id, id, name, kind }) => ({ partyId: person_id, role: { kind, of: name, ...itself(organisations.get(id)) } })))
}

const persons = (db: Reader) => db.selectFrom('party').where('kind', '=', 'person')

/** The first people whose name holds the words, each with their roles; and how many there are in all. */
export async function demoPeople(
  db: Reader,
  { find, today, rolesOf, support }: { find: string; today: PlainDate; rolesOf: RolesOf; support: ReadonlySet<string> },
): Promise<{ people: DemoPerson[]; total: number }> {
  const plain = (text: RawBuilder<unknown>) => sql`replace(lv_sort(${text}), '~', '')`
  const words = tidy(find)
  const found = persons(db).$if(words !== '', (query) => query.where(sql<boolean>`position(${plain(sql`${words}`)} in ${plain(sql`name`)}) > 0`))
  const rows = await found.select(['id', 'name', 'code']).orderBy('id').limit(mostShown).execute()
  const { total } = await found.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const ids = rows.map(({ id }) => id)
  const [own, represented] = [await rolesOf(db, ids, today), await representation(db, ids, today, rolesOf)]
  const atSupport = (code: string): Role[] => (support.has(code) ? [{ kind: 'support', of: '' }] : [])
  const rolesOfPerson = (id: number, code: string) => [...atSupport(code), ...(own.get(id) ?? []), ...(represented.get(id) ?? [])].sort(byRank)
  return { people: rows.map(({ id, name, code }) => ({ id, name, roles: rolesOfPerson(id, code) })), total }
}

export const isDemoPerson = async (db: Reader, id: number): Promise<boolean> =>
  Number.isSafeInteger(id) && (await persons(db).select('id').where('id', '=', id).executeTakeFirst()) !== undefined
