// The demo's meters and what they showed, told from today: every month on the 25th, some of it missing, late or unusual.
import { addDays, addMonths, type PlainDate } from '../kernel/date.ts'
import { quantity, quantityText, type Quantity } from '../kernel/quantity.ts'
import type { HouseCase } from '../cases/case.ts'
import { houseCasesNumbered } from '../cases/store.ts'
import { change } from '../history/change.ts'
import { importReadings, readingRow } from '../meters-import/import-readings.ts'
import { meterData } from '../meters/meter-actions.ts'
import { units, type MeterSetting } from '../meters/meter.ts'
import { insertMeter } from '../meters/store.ts'
import type { MeterType } from '../meters/tables.ts'
import type { Context } from '../people/context.ts'
import { flats } from './houses.ts'

/** `used` of a month in thousandths, by its place from 0; `missing` last months were not read; `validDays` from today. */
type Plan = {
  caseNumber: string
  type: MeterType
  number: string
  initial: number
  used: (month: number) => number
  flat?: number
  missing?: number
  validDays?: number
}

const monthsShown = 26
const flatsWithMeters = 24

/** A household's month: its own measure, a little more or less each time. */
const household = (flat: number) => (month: number) => 1800 + ((flat * 977) % 4200) + ((flat * 31 + month * 53) % 700)

/** In the last month but one, the sixth flat's tap ran. */
const inFlat = (flat: number) => (month: number) => household(flat)(month) * (flat === 6 && month === monthsShown - 2 ? 5 : 1)

const houseWater = (month: number) => Array.from({ length: flatsWithMeters }, (_, at) => inFlat(at + 1)(month)).reduce((sum, one) => sum + one, 0) + 900 + ((month * 367) % 1500)

const flatMeters: readonly Plan[] = Array.from({ length: flatsWithMeters }, (_, at) => {
  const flat = at + 1
  const missing = flat === 3 ? 3 : flat % 9 === 0 ? 1 : 0
  return { caseNumber: 'ML-00001', type: 'WATER', number: `40-${2200 + flat * 17}`, initial: 12_000 + flat * 3210, used: inFlat(flat), flat, missing }
})

const plans: readonly Plan[] = [
  { caseNumber: 'ML-00003', type: 'WATER', number: '44-718205', initial: 204_500, used: (month) => 7400 + ((month * 811) % 1900), missing: 1, validDays: 20 },
  { caseNumber: 'ML-00003', type: 'GAS', number: 'G4-90021', initial: 1_310_250, used: (month) => 61_000 + ((month * 17_411) % 38_000), missing: 1 },
  { caseNumber: 'ML-00003', type: 'ELECTRICITY', number: 'EL 5512 7781', initial: 9_210_000, used: (month) => 214_000 + ((month * 29_177) % 76_000), missing: 1, validDays: 900 },
  { caseNumber: 'ML-00001', type: 'WATER', number: '12-0044871', initial: 4_120_000, used: houseWater, validDays: 410 },
  { caseNumber: 'ML-00001', type: 'HEAT', number: 'K-77120', initial: 812_000, used: (month) => 9000 + ((month * 4219) % 8000), validDays: -12 },
  { caseNumber: 'ML-00001', type: 'ELECTRICITY', number: 'EL 2040 1177', initial: 31_400_000, used: (month) => 402_000 + ((month * 31_219) % 90_000), missing: 1 },
  ...flatMeters,
]

/** The 25th of the month so many months before the last one that has passed. */
function readOn(today: PlainDate, ago: number): PlainDate {
  const day = `${today.slice(0, 8)}25` as PlainDate
  return addMonths(day, -ago - (day > today ? 1 : 0))
}

const settingOf = (today: PlainDate, { type, number, initial, flat, validDays }: Plan, file: HouseCase): MeterSetting => ({
  type,
  number,
  installedOn: readOn(today, monthsShown),
  initial: quantity(initial),
  status: 'ACTIVE',
  validUntil: validDays === undefined ? null : addDays(today, validDays),
  periodMonths: 1,
  buildingId: flat === undefined ? null : (file.buildings.find(({ building }) => building.designation === flats.designation)?.building.id ?? null),
  premises: flat === undefined ? '' : `${flats.designation}${String(flat).padStart(3, '0')}`,
})

function cellsOf(today: PlainDate, { caseNumber, type, number, initial, used, missing = 0 }: Plan) {
  let value = initial
  return Array.from({ length: monthsShown - missing }, (_, month) => {
    value += used(month)
    return { case_number: caseNumber, type, number, read_on: readOn(today, monthsShown - 1 - month), value: quantityText(value as Quantity), difference: '' }
  })
}

/** Puts them in where there is no meter yet; each has its event, and the readings come as one import. */
export async function addDemoMeters(ctx: Context): Promise<void> {
  if (await ctx.db.selectFrom('meter').select('id').limit(1).executeTakeFirst()) return
  const files = await houseCasesNumbered(ctx, [...new Set(plans.map(({ caseNumber }) => caseNumber))])
  for (const plan of plans) {
    const file = files.find(({ number }) => number === plan.caseNumber)!
    await change(ctx, 'meter.added', {}, async (tx) => {
      const meter = await insertMeter(tx, file.id, settingOf(ctx.today, plan, file), units[plan.type])
      return { caseId: file.id, subjectId: meter.id, after: meterData(file, meter), value: meter }
    })
  }
  const rows = plans.flatMap((plan) => cellsOf(ctx.today, plan)).map((cells, at) => readingRow({ line: at + 2, cells }))
  await importReadings(ctx, { file: 'readings.csv', rows, unreadable: [] })
}
