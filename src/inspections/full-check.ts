// Recomputes the literal rule (INS-9 steps 1 to 4) for all inspection types and finds where the dates they keep differ.
// By the rule itself, from the words and dates as they were written: nothing that only makes the sweep fast is trusted.
import { sql } from 'kysely'
import type { PlainDate } from '../kernel/date.ts'
import type { Period, Reminder } from '../kernel/period.ts'
import type { Reader } from '../platform/database.ts'
import { lastPerformedOn, type Inspection } from './inspection.ts'
import { nameKeys, scheduled, type TypeName, type TypeSetting } from './inspection-type.ts'

type Dates = { lastPerformedOn: PlainDate | null; nextOn: PlainDate; remindOn: PlainDate | null }

export type Difference = { building: string; type: string; label: string; kept: Dates; literal: Dates }

type Place = { caseId: number; id: number }
type Type = Place & TypeSetting & { building: string; kept: Dates }
type Page = { types: Type[]; inspections: Inspection[] }

/** So many that look-ups pay, so few that nobody waits for the program meanwhile. */
const pageSize = 1000

/** Types and their cases' inspections, in one statement so that no change comes between. */
const pageSql = ({ caseId, id }: Place) => sql<Page>`(
  with type as materialized (
    select * from inspection_type where deleted_at is null and (case_id, id) > (${caseId}::bigint, ${id}::bigint)
    order by case_id, id limit ${pageSize})
  select
    (select coalesce(json_agg(json_build_object('caseId', case_id, 'id', type.id, 'building', designation, 'type', type, 'label', label, 'firstOn', first_on,
        'period', ${lengthSql<Period>('period')}, 'reminder', ${lengthSql<Reminder>('reminder')},
        'kept', json_build_object('lastPerformedOn', last_performed_on, 'nextOn', next_on, 'remindOn', remind_on)) order by case_id, type.id), '[]')
      from type, lateral (select designation from case_file join building on building.id = building_id where case_file.id = type.case_id offset 0) place
    ) as types,
    (select coalesce(json_agg(json_build_object('caseId', done.case_id, 'id', id, 'type', type, 'label', label, 'performedOn', performed_on,
        'periodic', periodic, 'status', status, 'number', number)), '[]')
      from (select distinct case_id from type) file, lateral (select * from inspection where inspection.case_id = file.case_id offset 0) done
    ) as inspections)`

const lengthSql = <T extends Period | Reminder>(name: string) =>
  sql<T | null>`case when ${sql.ref(`${name}_value`)} is not null then json_build_object('value', ${sql.ref(`${name}_value`)}, 'unit', ${sql.ref(`${name}_unit`)}) end`

function nameInCase(caseId: number, name: TypeName): string {
  const { type_key, label_key } = nameKeys(name)
  return JSON.stringify([caseId, type_key, label_key])
}

const isSame = (a: Dates, b: Dates) => a.lastPerformedOn === b.lastPerformedOn && a.nextOn === b.nextOn && a.remindOn === b.remindOn

/** As of a day in the past, the dates that rightly know of an inspection done later are left out. */
function differencesOn({ types, inspections }: Page, asOf: PlainDate): Difference[] {
  const byName = Map.groupBy(inspections, ({ caseId, type, label }) => nameInCase(caseId, { type, label }))
  return types
    .filter(({ kept }) => kept.lastPerformedOn === null || kept.lastPerformedOn <= asOf)
    .map(({ caseId, building, kept, ...setting }) => {
      const done = byName.get(nameInCase(caseId, setting)) ?? []
      return { building, type: setting.type, label: setting.label, kept, literal: scheduled(setting, lastPerformedOn(setting, done, asOf)) }
    })
    .filter(({ kept, literal }) => !isSame(kept, literal))
}

/** Compares all inspection types that are not deleted, a page at a time, and answers how many there were. Writes nothing. */
export async function differences(db: Reader, asOf: PlainDate, onDifference: (difference: Difference) => void): Promise<number> {
  let compared = 0
  let place: Place | undefined = { caseId: 0, id: 0 }
  while (place) {
    const page: Page = await db.selectFrom(pageSql(place).as('page')).selectAll().executeTakeFirstOrThrow()
    differencesOn(page, asOf).forEach(onDifference)
    compared += page.types.length
    place = page.types.at(-1)
  }
  return compared
}
