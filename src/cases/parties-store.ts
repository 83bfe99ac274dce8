// Who manages buildings and since when, for the pages of basic data.
import { sql } from 'kysely'
import { validOn } from '../buildings/building.ts'
import type { PlainDate } from '../kernel/date.ts'
import type { Reader } from '../platform/database.ts'

export type ManagerSince = {
  kind: 'person' | 'organisation'
  code: string
  name: string
  from: PlainDate
  responsible: { name: string; from: PlainDate }[]
}

/** The managers of buildings on a day, each once with the earliest beginning among them, and the persons who answer for the house. */
export async function managersSince(db: Reader, buildingIds: readonly number[], day: PlainDate): Promise<ManagerSince[]> {
  const rows = await db
    .selectFrom('manager')
    .innerJoin('party', 'party.id', 'manager.party_id')
    .leftJoin('responsible', (join) =>
      join
        .onRef('responsible.building_id', '=', 'manager.building_id')
        .onRef('responsible.manager_id', '=', 'manager.party_id')
        .onRef('responsible.manager_from', '=', 'manager.valid_from')
        .on(validOn('responsible', day)),
    )
    .leftJoin('party as person', 'person.id', 'responsible.person_id')
    .select(['party.id', 'party.kind', 'party.code', 'party.name', 'person.name as person'])
    .select([sql<PlainDate>`min(manager.valid_from)`.as('from'), sql<PlainDate | null>`min(responsible.valid_from)`.as('personFrom')])
    .where('manager.building_id', 'in', buildingIds)
    .where(validOn('manager', day))
    .groupBy(['party.id', 'party.kind', 'party.code', 'party.name', 'person.id', 'person.name'])
    .orderBy(sql`lv_sort(party.name) collate "C", party.id, lv_sort(person.name) collate "C"`)
    .execute()
  const managers = new Map<number, ManagerSince>()
  for (const { id, kind, code, name, from, person, personFrom } of rows) {
    const known = managers.get(id) ?? { kind, code, name, from, responsible: [] }
    managers.set(id, { ...known, from: from < known.from ? from : known.from })
    if (person !== null) known.responsible.push({ name: person, from: personFrom! })
  }
  return [...managers.values()]
}
