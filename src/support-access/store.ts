// The SQL of support access: what a person has opened, which cases they see, and who looks.
import { sql } from 'kysely'
import { visibleBuildings } from '../cases/visible.ts'
import type { PlainDate } from '../kernel/date.ts'
import type { PersonActor } from '../people/actor.ts'
import type { Reader, Writer } from '../platform/database.ts'
import type { Grant } from './grant.ts'

const grants = (db: Reader) =>
  db
    .selectFrom('support_grant as granted')
    .leftJoin('case_file as file', 'file.id', 'granted.case_id')
    .select(['granted.id', 'granted.person_id as personId', 'file.number as caseNumber', 'granted.opened_at as openedAt', 'granted.closed_at as closedAt'])

/** What a person has opened last and nobody closed; it may be over by its time. */
export const standingGrant = (db: Reader, personId: number): Promise<Grant | undefined> =>
  grants(db).where('granted.person_id', '=', personId).where('granted.closed_at', 'is', null).executeTakeFirst()

/** As `standingGrant`, with none opened or closed meanwhile until the end of the transaction. */
export async function lockGrants(tx: Writer, personId: number): Promise<Grant | undefined> {
  await tx.selectFrom('party').select('id').where('id', '=', personId).forNoKeyUpdate().execute()
  return standingGrant(tx, personId)
}

/** Whoever looks by it looks no longer. */
export async function closeGrant(tx: Writer, id: number, closed: { at: Date; closing: 'closed' | 'renewed' | 'expired' }): Promise<void> {
  await tx.updateTable('support_grant').set({ closed_at: closed.at, closing: closed.closing }).where('id', '=', id).execute()
  await tx.updateTable('support_look').set({ ended_at: closed.at }).where('grant_id', '=', id).where('ended_at', 'is', null).execute()
}

export type SeenCase = { id: number; number: string; kind: 'operation' | 'house'; address: string }

/** The cases that a person sees in these profiles, each once, by address; `number`: that one alone. */
export async function casesSeen(db: Reader, actors: readonly PersonActor[], today: PlainDate, number?: string): Promise<SeenCase[]> {
  const visible = sql.join(actors.map((actor) => sql`select building_id from (${visibleBuildings({ actor, today })}) own`), sql` union `)
  const seen = sql<SeenCase>`(
    select file.id, file.number, file.kind, min(building.address) as address
    from (${visible}) visible
    join building on building.id = visible.building_id
    left join house_case_building member on member.building_id = building.id
    join case_file file on file.building_id = building.id or file.id = member.case_id
    where ${number === undefined ? sql`true` : sql`file.number = ${number}`}
    group by file.id)`
  return db.selectFrom(seen.as('seen')).selectAll().orderBy(sql`lv_sort(address) collate "C", number`).execute()
}

/** `personId`: whose look it is, from the grant. */
export type Look = { id: number; staffId: number; sessionId: number; profileId: number; report: string; endedAt: Date | null; grant: Grant }

export async function lookOf(db: Reader, id: number): Promise<Look | undefined> {
  const row = await db
    .selectFrom('support_look as look')
    .innerJoin('support_grant as granted', 'granted.id', 'look.grant_id')
    .leftJoin('case_file as file', 'file.id', 'granted.case_id')
    .select(['look.id', 'look.staff_id as staffId', 'look.session_id as sessionId', 'look.profile_id as profileId', 'look.report', 'look.ended_at as endedAt'])
    .select(['granted.id as grantId', 'granted.person_id as personId', 'file.number as caseNumber', 'granted.opened_at as openedAt', 'granted.closed_at as closedAt'])
    .where('look.id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const { grantId, personId, caseNumber, openedAt, closedAt, ...look } = row
  return { ...look, grant: { id: grantId, personId, caseNumber, openedAt, closedAt } }
}

/** A session looks no longer; what it looked at ends at an instant unless it did before. */
export async function leaveLook(tx: Writer, { sessionId, at }: { sessionId: number; at: Date }): Promise<void> {
  await tx.updateTable('session').set({ look_id: null }).where('id', '=', sessionId).execute()
  await tx.updateTable('support_look').set({ ended_at: at }).where('session_id', '=', sessionId).where('ended_at', 'is', null).execute()
}

/** Nobody has looked since it was opened. */
export const isFirstLook = async (db: Reader, grantId: number): Promise<boolean> =>
  (await db.selectFrom('support_look').select('id').where('grant_id', '=', grantId).limit(1).executeTakeFirst()) === undefined
