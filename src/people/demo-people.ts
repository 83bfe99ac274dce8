// The people of a demo, to be chosen from: who they are by the registers, in groups.
import { sql, type RawBuilder } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import { tidy } from '../kernel/text.ts'
import type { Reader } from '../platform/database.ts'
import { gathered, roleKinds, type Role, type RoleKind, type RolesOf } from './role.ts'

export type DemoPerson = { id: number; name: string; roles: Role[] }

export const demoGroups = ['owners', 'management', 'organisations', 'flats', 'others'] as const
export type DemoGroup = (typeof demoGroups)[number]

/** More than these are found by name. */
export const mostShown = 60

const groupOf: Record<RoleKind, DemoGroup> = {
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
export function demoGroup({ roles }: Pick<DemoPerson, 'roles'>): DemoGroup {
  const foremost = roleKinds.find((kind) => roles.some((role) => role.kind === kind))
  return foremost ? groupOf[foremost] : 'others'
}

const inRepresentation: RolesOf = async (db, personIds, today) => {
  if (personIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('representative')
    .innerJoin('party', 'party.id', 'representative.organisation_id')
    .select(['person_id', 'party.name', 'representative.kind'])
    .where('person_id', 'in', personIds)
    .where('valid_from', '<=', today)
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>=', today)]))
    .orderBy('party.id')
    .execute()
  return gathered(rows.map(({ person_id, name, kind }) => ({ personId: person_id, role: { kind, of: name } })))
}

const persons = (db: Reader) => db.selectFrom('party').where('kind', '=', 'person')

/** The first people whose name holds the words, each with their roles; and how many there are in all. */
export async function demoPeople(
  db: Reader,
  { find, today, rolesOf }: { find: string; today: PlainDate; rolesOf: RolesOf },
): Promise<{ people: DemoPerson[]; total: number }> {
  const plain = (text: RawBuilder<unknown>) => sql`replace(lv_sort(${text}), '~', '')`
  const words = tidy(find)
  const found = persons(db).$if(words !== '', (query) => query.where(sql<boolean>`position(${plain(sql`${words}`)} in ${plain(sql`name`)}) > 0`))
  const rows = await found.select(['id', 'name']).orderBy('id').limit(mostShown).execute()
  const { total } = await found.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const ids = rows.map(({ id }) => id)
  const [inBuildings, represented] = [await rolesOf(db, ids, today), await inRepresentation(db, ids, today)]
  return { people: rows.map((row) => ({ ...row, roles: [...(inBuildings.get(row.id) ?? []), ...(represented.get(row.id) ?? [])] })), total }
}

export const isDemoPerson = async (db: Reader, id: number): Promise<boolean> =>
  Number.isSafeInteger(id) && (await persons(db).select('id').where('id', '=', id).executeTakeFirst()) !== undefined
