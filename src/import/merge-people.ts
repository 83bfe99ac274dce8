// Brings staged persons, organisations and representatives into the registers, each change with its event.
import { sql } from 'kysely'
import { recordAll } from '../history/record-all.ts'
import { installation } from '../history/actions.ts'
import type { Context } from '../people/context.ts'
import type { Writer } from '../platform/database.ts'
import { createDifference } from './staging.ts'

const partyData = (row: string) => sql`jsonb_build_object('name', ${sql.ref(`${row}.name`)}, 'email', ${sql.ref(`${row}.email`)},
  'emailVerifiedOn', ${sql.ref(`${row}.email_verified_on`)})`

/** Parties are known by kind and code. The code is never shown in the history. An address that people have set themselves stays. */
export async function mergeParties(tx: Writer, ctx: Context, kind: 'person' | 'organisation'): Promise<string[]> {
  const name = `${kind}_difference`
  const difference = sql.table(name)
  await sql`update staged_party staged set email = party.email, email_verified_on = party.email_verified_on
    from party where party.kind = staged.kind and party.code = staged.code and party.email_is_own and staged.kind = ${sql.lit(kind)}`.execute(tx)
  await createDifference(
    tx,
    name,
    sql`select staged.*, stored.id is null as is_new, stored.id, ${partyData('stored')} as before, ${partyData('staged')} as after
      from staged_party staged left join party stored using (kind, code)
      where staged.kind = ${sql.lit(kind)} and (stored.id is null
        or (stored.name, stored.given_name, stored.surname, stored.email, stored.email_verified_on)
          is distinct from (staged.name, staged.given_name, staged.surname, staged.email, staged.email_verified_on))`,
  )
  await recordAll(
    tx,
    ctx,
    'party.registered',
    sql`insert into party (kind, code, name, given_name, surname, email, email_verified_on, language, created_at)
      select kind, code, name, given_name, surname, email, email_verified_on, 'lv', ${ctx.now}::timestamptz
      from ${difference} where is_new order by line
      returning ${sql.lit(installation)}::bigint, id, null::jsonb, ${partyData('party')}`,
  )
  await recordAll(
    tx,
    ctx,
    'party.changed',
    sql`update party set name = d.name, given_name = d.given_name, surname = d.surname, email = d.email, email_verified_on = d.email_verified_on
      from ${difference} d where not d.is_new and party.id = d.id
      returning ${sql.lit(installation)}::bigint, party.id, d.before, d.after`,
  )
  return [name]
}

const representation = sql.table('representative_difference')

const representativeData = (row: string) => sql`jsonb_build_object('organisation', organisation.name, 'person', person.name,
  'kind', staged.kind, 'from', staged.valid_from, 'to', ${sql.ref(`${row}.valid_to`)})`

/** Representatives are known by organisation, person, kind and beginning. */
export async function mergeRepresentatives(tx: Writer, ctx: Context): Promise<string[]> {
  await createDifference(
    tx,
    'representative_difference',
    sql`select staged.line, stored.person_id is null as is_new, organisation.id as organisation_id, person.id as person_id,
        staged.kind, staged.valid_from, staged.valid_to, ${representativeData('stored')} as before, ${representativeData('staged')} as after
      from staged_representative staged
      join party organisation on organisation.kind = 'organisation' and organisation.code = staged.organisation_code
      join party person on person.kind = 'person' and person.code = staged.person_code
      left join representative stored on stored.organisation_id = organisation.id and stored.person_id = person.id
        and stored.kind = staged.kind and stored.valid_from = staged.valid_from
      where stored.person_id is null or stored.valid_to is distinct from staged.valid_to`,
  )
  const events = (isNew: boolean) => sql`select ${sql.lit(installation)}::bigint, organisation_id,
    ${isNew ? sql`null::jsonb` : sql`before`}, after from ${representation} where is_new = ${isNew} order by line`
  await sql`insert into representative (organisation_id, person_id, kind, valid_from, valid_to)
    select organisation_id, person_id, kind, valid_from, valid_to from ${representation} where is_new`.execute(tx)
  await recordAll(tx, ctx, 'representative.registered', events(true))
  await sql`update representative stored set valid_to = d.valid_to from ${representation} d
    where not d.is_new and stored.organisation_id = d.organisation_id and stored.person_id = d.person_id
      and stored.kind = d.kind and stored.valid_from = d.valid_from`.execute(tx)
  await recordAll(tx, ctx, 'representative.changed', events(false))
  return ['representative_difference']
}
