// Which buildings an actor may see, as one set for lists: the same rule as `maySee` (DOMAIN 2.2; a property test compares).
import { sql, type RawBuilder } from 'kysely'
import { validOn } from '../buildings/building.ts'
import type { Context } from '../people/context.ts'

/** A select of `building_id`, each once: buildings that the profile holds wholly or partly, manages, or is responsible for. */
export function visibleBuildings({ actor, today }: Pick<Context, 'actor' | 'today'>): RawBuilder<{ building_id: number }> {
  if (actor.kind !== 'person') return sql`select null::bigint as building_id where false`
  const { profile, represents } = actor
  const held = sql`select building_id from holder where party_id = ${profile.id} and ${validOn('holder', today)}`
  const managed = sql`select building_id from manager where party_id = ${profile.id} and ${validOn('manager', today)}`
  const answeredFor = sql`select responsible.building_id from responsible
    join manager on manager.building_id = responsible.building_id and manager.party_id = responsible.manager_id
      and manager.valid_from = responsible.manager_from
    where person_id = ${profile.id} and ${validOn('responsible', today)} and ${validOn('manager', today)}`
  return sql`${sql.join(represents === 'self' ? [held, managed, answeredFor] : [held, managed], sql` union `)}`
}
