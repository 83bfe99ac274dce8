// Loads cases; other capabilities get one only through `operationCase` and `houseCase`, which ask who may.
import type { PlainDate } from '../kernel/date.ts'
import { refuse } from '../kernel/refusal.ts'
import { inOrder } from '../kernel/text.ts'
import { namedColumn, partiesFrom, type Building } from '../buildings/building.ts'
import type { Actor } from '../people/actor.ts'
import { actsForAuthority } from '../people/authority.ts'
import type { Context } from '../people/context.ts'
import type { Reader } from '../platform/database.ts'
import { statement } from '../platform/statement.ts'
import { maySee } from './access.ts'
import { propertyKindOf, type HouseCase, type OperationCase } from './case.ts'

const buildingColumns = [
  'building.id',
  'building.designation',
  'building.address',
  'building.main_use_code as mainUseCode',
  'building.main_use as mainUse',
  'building.is_public as isPublic',
] as const

type Place = Pick<Context, 'actor' | 'today' | 'db'>

type Asked = { number: string; today: PlainDate }

const operationCaseNumbered = statement((db: Reader, { number, today }: Asked) =>
  db
    .selectFrom('case_file as file')
    .innerJoin('building', 'building.id', 'file.building_id')
    .leftJoin('house_case_building as member', 'member.building_id', 'building.id')
    .leftJoin('case_file as house', 'house.id', 'member.case_id')
    .select(buildingColumns)
    .select(['file.id as caseId', 'house.number as houseNumber', 'house.property_number', 'house.property_kind'])
    .select(namedColumn(today).as('named'))
    .where('file.number', '=', number)
    .where('file.kind', '=', 'operation'),
)

async function findOperationCase({ db, today }: Place, number: string): Promise<OperationCase | undefined> {
  const [found] = await operationCaseNumbered(db, { number, today })
  if (!found) return undefined
  const { caseId, houseNumber, property_number, property_kind, named, ...building } = found
  const parties = partiesFrom(named)
  const houseCase = houseNumber === null ? null : { number: houseNumber, propertyNumber: property_number! }
  return { kind: 'operation', id: caseId, number, building, parties, propertyKind: property_kind ?? propertyKindOf(parties), houseCase }
}

/**
 * The operation case of a number, for an actor who may.
 * Refuses with `missing` whoever may not even see it, with `forbidden` whoever sees it but may not do this.
 */
export async function operationCase(
  place: Place,
  number: string,
  may: (actor: Actor, file: OperationCase) => boolean = () => true,
): Promise<OperationCase> {
  const file = await findOperationCase(place, number)
  if (!file || !maySee(place.actor, file.parties)) return refuse.missing()
  return may(place.actor, file) ? file : refuse.forbidden()
}

/** The operation case of a number for an authority, which needs no right in it; undefined when there is none. Everybody else is `forbidden`. */
export const caseForAuthority = async (ctx: Context, number: string): Promise<OperationCase | undefined> =>
  actsForAuthority(ctx.actor, ctx.settings) ? findOperationCase(ctx, number) : refuse.forbidden()

/** A row for each building. */
const selectHouses = (db: Reader, today: PlainDate) =>
  db
    .selectFrom('case_file as house')
    .innerJoin('house_case_building as member', 'member.case_id', 'house.id')
    .innerJoin('building', 'building.id', 'member.building_id')
    .innerJoin('case_file as file', 'file.building_id', 'building.id')
    .select(buildingColumns)
    .select(['house.id as caseId', 'house.number as houseNumber', 'house.property_number', 'house.property_kind', 'file.number as caseNumber'])
    .select(namedColumn(today).as('named'))
    .where('house.kind', '=', 'house')

type HouseRow = Awaited<ReturnType<ReturnType<typeof selectHouses>['execute']>>[number]

const housesOf = (rows: readonly HouseRow[]): HouseCase[] =>
  [...Map.groupBy(rows, ({ caseId }) => caseId)].map(([id, members]) => {
    const { houseNumber, property_number, property_kind } = members[0]!
    const buildings = members.map(({ caseId: _, houseNumber: __, property_number: ___, property_kind: ____, caseNumber, named, ...building }) => ({
      building: building satisfies Building,
      parties: partiesFrom(named),
      caseNumber,
    }))
    buildings.sort((a, b) => inOrder(a.building.address, b.building.address) || a.building.id - b.building.id)
    return { kind: 'house', id, number: houseNumber, propertyNumber: property_number!, propertyKind: property_kind!, buildings }
  })

/** House cases by their numbers, whoever asks: for lists of what the asker is known to see. */
export const houseCasesNumbered = async ({ db, today }: Pick<Place, 'db' | 'today'>, numbers: readonly string[]): Promise<HouseCase[]> =>
  numbers.length === 0 ? [] : housesOf(await selectHouses(db, today).where('house.number', 'in', numbers).execute())

const houseCaseNumbered = statement((db: Reader, { number, today }: Asked) => selectHouses(db, today).where('house.number', '=', number))

const findHouseCase = async ({ db, today }: Place, number: string): Promise<HouseCase | undefined> => housesOf(await houseCaseNumbered(db, { number, today }))[0]

/** Whether a number is an operation case's or a house case's; undefined when it is nobody's. */
export const caseKind = async (db: Context['db'], number: string): Promise<'operation' | 'house' | undefined> =>
  (await db.selectFrom('case_file').select('kind').where('number', '=', number).executeTakeFirst())?.kind

/** The number of a case; undefined when there is none. */
export const caseNumberOf = async (db: Context['db'], id: number): Promise<string | undefined> =>
  (await db.selectFrom('case_file').select('number').where('id', '=', id).executeTakeFirst())?.number

/** The house case of a number, for whoever may see one of its buildings; refuses as `operationCase` does. */
export async function houseCase(
  place: Place,
  number: string,
  may: (actor: Actor, file: HouseCase) => boolean = () => true,
): Promise<HouseCase> {
  const file = await findHouseCase(place, number)
  if (!file?.buildings.some(({ parties }) => maySee(place.actor, parties))) return refuse.missing()
  return may(place.actor, file) ? file : refuse.forbidden()
}

export type SectionCounts = { types: number; inspections: number }

/** How much the sections of an operation case hold. */
export async function sectionCounts(db: Context['db'], caseId: number): Promise<SectionCounts> {
  const count = (table: 'inspection_type' | 'inspection') =>
    db.selectFrom(table).select((column) => column.fn.countAll<number>().as('count')).where('case_id', '=', caseId)
  const types = await count('inspection_type').where('deleted_at', 'is', null).executeTakeFirstOrThrow()
  const inspections = await count('inspection').where('status', '<>', 'annulled').executeTakeFirstOrThrow()
  return { types: types.count, inspections: inspections.count }
}

/** How much the sections of a house case hold; of messages received those that the profile has not read. */
export async function houseSectionCounts(db: Context['db'], caseId: number, profileId: number): Promise<{ meters: number; received: number }> {
  const meters = db.selectFrom('meter').select((column) => column.fn.countAll<number>().as('count'))
  const { count } = await meters.where('case_id', '=', caseId).where('deleted_at', 'is', null).executeTakeFirstOrThrow()
  const { received } = await db
    .selectFrom('inbox_entry as entry')
    .innerJoin('notice', (join) => join.onRef('notice.case_id', '=', 'entry.case_id').onRef('notice.id', '=', 'entry.notice_id'))
    .select((column) => column.fn.countAll<number>().as('received'))
    .where('entry.case_id', '=', caseId)
    .where('entry.party_id', '=', profileId)
    .where('read_at', 'is', null)
    .where('notice.kind', '=', 'HOUSE_MESSAGE')
    .executeTakeFirstOrThrow()
  return { meters: count, received }
}
