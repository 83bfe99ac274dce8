// Persons and organisations, and the profiles that a person may act in.
import { sql } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import type { Reader } from '../platform/database.ts'
import type { Party, PersonActor, Staff } from './actor.ts'

const partyColumns = ['party.id', 'party.kind', 'party.code', 'party.name'] as const

export const personByCode = (db: Reader, code: string): Promise<Party | undefined> =>
  db.selectFrom('party').select(partyColumns).where('kind', '=', 'person').where('code', '=', code).executeTakeFirst()

export const organisationByCode = (db: Reader, code: string): Promise<Party | undefined> =>
  db.selectFrom('party').select(partyColumns).where('kind', '=', 'organisation').where('code', '=', code).executeTakeFirst()

export type Profile = { party: Party; represents: PersonActor['represents'] }

/** Oneself first, then each organisation that the person represents on a day; sole signature before joint. */
export async function profilesOf(db: Reader, personId: number, today: PlainDate): Promise<Profile[]> {
  const self = await db.selectFrom('party').select(partyColumns).where('id', '=', personId).where('kind', '=', 'person').executeTakeFirst()
  if (!self) return []
  const rows = await db
    .selectFrom('representative')
    .innerJoin('party', 'party.id', 'representative.organisation_id')
    .select([...partyColumns, 'representative.kind as represents'])
    .where('person_id', '=', personId)
    .where('valid_from', '<=', today)
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>=', today)]))
    .orderBy('party.name')
    .orderBy('represents', 'desc')
    .execute()
  const organisations = new Map<number, Profile>()
  for (const { represents, ...party } of rows) if (!organisations.has(party.id)) organisations.set(party.id, { party, represents })
  return [{ party: self, represents: 'self' }, ...organisations.values()]
}

/** `emailFailure`: the words of the server that refused it for good. */
export type Contact = { email: string | null; emailVerifiedOn: PlainDate | null; emailFailure: string | null }

/** Where a party is written to; only a verified address is used, and none that its server has refused. */
export const contactOf = (db: Reader, partyId: number): Promise<Contact> =>
  db
    .selectFrom('party')
    .leftJoin('suppressed_address as suppressed', (join) => join.on('suppressed.address', '=', sql<string>`lower(party.email)`))
    .select(['email', 'email_verified_on as emailVerifiedOn', 'suppressed.answer as emailFailure'])
    .where('id', '=', partyId)
    .executeTakeFirstOrThrow()

/** A person and a profile, with how the one may act in the other on a day: the same rule as `profilesOf` (a test compares). */
export type Acting = { person: Party; profile: Party; represents: PersonActor['represents'] | null }

/** The columns of `Acting` in a query that has both parties as `person` and `profile`. */
export const actingColumns = (today: PlainDate) => [
  partyObject('person').as('person'),
  partyObject('profile').as('profile'),
  sql<Acting['represents']>`case when profile.id = person.id then 'self' else (select max(kind) from representative where organisation_id = profile.id
    and person_id = person.id and valid_from <= ${today} and coalesce(valid_to, 'infinity') >= ${today}) end`.as('represents'),
]

const partyObject = (table: string) => {
  const column = (name: string) => sql.ref(`${table}.${name}`)
  return sql<Party>`json_build_object('id', ${column('id')}, 'kind', ${column('kind')}, 'code', ${column('code')}, 'name', ${column('name')})`
}

export type Acts = { today: PlainDate; staff: Staff }

/** undefined when the profile is not the person's. */
export const actorOf = ({ person, profile, represents }: Acting, { staff }: Pick<Acts, 'staff'>): PersonActor | undefined =>
  represents === null || person.kind !== 'person'
    ? undefined
    : { kind: 'person', person, profile, represents, operator: staff.operators.has(person.code), support: staff.support.has(person.code) }

/** The actor of a person in a profile on a day; undefined when that profile is not theirs. */
export async function actorIn(db: Reader, personId: number, profileId: number, acts: Acts): Promise<PersonActor | undefined> {
  const acting = await db
    .selectFrom(['party as person', 'party as profile'])
    .select(actingColumns(acts.today))
    .where('person.id', '=', personId)
    .where('profile.id', '=', profileId)
    .executeTakeFirst()
  return acting && actorOf(acting as Acting, acts)
}
