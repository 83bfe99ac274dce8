// Which house cases an import may write to, and the meters that its rows name.
import { sql } from 'kysely'
import { visibleBuildings } from '../cases/visible.ts'
import type { HouseCase } from '../cases/case.ts'
import { houseCasesNumbered } from '../cases/store.ts'
import type { PlainDate } from '../kernel/date.ts'
import type { Quantity } from '../kernel/quantity.ts'
import { refuse } from '../kernel/refusal.ts'
import { numberKey } from '../meters/meter.ts'
import { mayManage } from '../meters/meter-actions.ts'
import type { MeterStatus, MeterType } from '../meters/tables.ts'
import type { Context } from '../people/context.ts'
import type { Reader, Writer } from '../platform/database.ts'

export type NamedMeter = {
  caseId: number
  caseNumber: string
  id: number
  buildingId: number | null
  type: MeterType
  number: string
  installedOn: PlainDate
  initial: Quantity
  status: MeterStatus
  periodMonths: number
  lastReadOn: PlainDate | null
}

export const pieces = <T>(list: readonly T[], size: number): T[][] => Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size))

/** The house cases in which the actor may change meters, of the whole property or of one of its buildings. */
export async function manageableCases(ctx: Context): Promise<HouseCase[]> {
  const seen = await ctx.db
    .selectFrom('house_case_building as member')
    .innerJoin('case_file as house', 'house.id', 'member.case_id')
    .select('house.number')
    .distinct()
    .where(sql<boolean>`member.building_id in (${visibleBuildings(ctx)})`)
    .orderBy('house.number')
    .execute()
  const found: HouseCase[] = []
  for (const piece of pieces(seen, 1000)) found.push(...(await houseCasesNumbered(ctx, piece.map(({ number }) => number))))
  return found.filter((file) => [null, ...file.buildings.map(({ building }) => building.id)].some((id) => mayManage(ctx, id)(ctx.actor, file)))
}

/** Whether the actor may change a meter that is known; the system may change all. */
export type MayChange = (meter: Pick<NamedMeter, 'caseId' | 'buildingId'>) => boolean

export function changerOf(ctx: Context, cases: readonly HouseCase[]): MayChange {
  if (ctx.actor.kind === 'system') return () => true
  const byId = new Map(cases.map((file) => [file.id, file]))
  return ({ caseId, buildingId }) => byId.has(caseId) && mayManage(ctx, buildingId)(ctx.actor, byId.get(caseId)!)
}

/** Refuses whoever may not change every one of these meters. */
export async function mustChangeAll(ctx: Context, meters: readonly Pick<NamedMeter, 'caseId' | 'buildingId'>[]): Promise<void> {
  if (ctx.actor.kind === 'system') return
  if (!meters.every(changerOf(ctx, await manageableCases(ctx)))) refuse.forbidden()
}

/** Waits until nobody else changes these cases, until the end of the transaction: a lock for each case, none for its rows. */
export async function lockCases(tx: Writer, numbers: readonly string[]): Promise<void> {
  await sql`select id from case_file where number = any (array(select json_array_elements_text(${JSON.stringify(numbers)}::text::json)))
    order by id for no key update`.execute(tx)
}

export const isPerson = ({ actor }: Pick<Context, 'actor'>): boolean => actor.kind === 'person'

/** The cases that rows may touch: those named, or all that the actor may change where a row leaves its case open. */
export function casesMeant(ctx: Context, rows: readonly { caseNumber: string }[], manageable: readonly HouseCase[]): string[] {
  const named = new Set(rows.map(({ caseNumber }) => caseNumber))
  if (!isPerson(ctx)) return [...named]
  return manageable.map(({ number }) => number).filter((number) => named.has('') || named.has(number))
}

export type MeterName = { caseNumber: string; type: string; number: string }

const meterSelect = sql`meter.case_id as "caseId", file.number as "caseNumber", meter.id, meter.building_id as "buildingId", type, meter.number,
  installed_on as "installedOn", initial, status, period_months as "periodMonths", last_read_on as "lastReadOn"`

const written = ({ caseNumber, type, number }: MeterName) => `${caseNumber}\n${type}\n${number}`
const keyOf = (name: MeterName) => written({ ...name, number: numberKey(name.number) })

const isWhole = ({ caseNumber, type }: MeterName) => caseNumber !== '' && type !== ''

/** Each meter by its whole key, whatever the planner believes of tables that nobody has analyzed yet. */
const namedFully = (db: Reader, names: readonly MeterName[]): Promise<NamedMeter[]> => {
  const keys = JSON.stringify(names.map(({ caseNumber, type, number }) => ({ c: caseNumber, t: type, n: numberKey(number) })))
  return db
    .selectFrom(
      sql<NamedMeter>`(select ${meterSelect}
        from (select file.id, number, t, n from json_to_recordset(${keys}::text::json) as named (c text, t text, n text)
          join case_file file on file.number = named.c and file.kind = 'house' offset 0) file
        join lateral (select * from meter where case_id = file.id and type = t and number_key = n and deleted_at is null offset 0) meter on true)`.as('meter'),
    )
    .selectAll()
    .execute()
}

const numberedIn = (db: Reader, cases: readonly HouseCase[], names: readonly MeterName[]): Promise<NamedMeter[]> =>
  db
    .selectFrom(
      sql<NamedMeter>`(select ${meterSelect} from meter join case_file file on file.id = meter.case_id
        where meter.deleted_at is null
          and meter.case_id = any (array(select value::bigint from json_array_elements_text(${JSON.stringify(cases.map(({ id }) => id))}::text::json)))
          and meter.number_key = any (array(select json_array_elements_text(${JSON.stringify(names.map(({ number }) => numberKey(number)))}::text::json))))`.as('meter'),
    )
    .selectAll()
    .execute()

export type FindMeter = (name: MeterName) => NamedMeter | undefined

/**
 * Finds the meters that `names` name. Where a row leaves its case or type open, the meter is found among `cases` by what is
 * told, if only one is meant.
 */
export async function meterFinder(db: Reader, names: readonly MeterName[], cases: readonly HouseCase[], may: MayChange): Promise<FindMeter> {
  const asWritten = new Map<string, MeterName>()
  for (const name of names) if (!asWritten.has(written(name))) asWritten.set(written(name), name)
  const each = [...new Map([...asWritten.values()].map((name) => [keyOf(name), name])).values()]
  const whole = new Map<string, NamedMeter>()
  for (const piece of pieces(each.filter(isWhole), 20_000))
    for (const meter of await namedFully(db, piece)) if (may(meter)) whole.set(keyOf(meter), meter)
  const partly = each.filter((name) => !isWhole(name))
  const byNumber = new Map<string, NamedMeter[]>()
  if (partly.length > 0)
    for (const meter of await numberedIn(db, cases, partly)) {
      const key = numberKey(meter.number)
      if (may(meter)) byNumber.set(key, [...(byNumber.get(key) ?? []), meter])
    }
  const find: FindMeter = (name) => {
    if (isWhole(name)) return whole.get(keyOf(name))
    const meant = (byNumber.get(numberKey(name.number)) ?? []).filter(({ caseNumber, type }) => [caseNumber, ''].includes(name.caseNumber) && [type, ''].includes(name.type))
    return meant.length === 1 ? meant[0] : undefined
  }
  const found = new Map([...asWritten].map(([key, name]) => [key, find(name)]))
  return (name) => found.get(written(name))
}
