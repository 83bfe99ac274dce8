// A meter that has been read every day for years: rules and pages ask only for a part of its readings, and say the same as of all.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, daysBetween } from '../../src/kernel/date.ts'
import { quantity } from '../../src/kernel/quantity.ts'
import { Refusal } from '../../src/kernel/refusal.ts'
import { comparedWith, endOf, usesOf, yearOf, yearsOf } from '../../src/meters/consumption.ts'
import { readsOf, usesUntil } from '../../src/meters/consumption-store.ts'
import { addMeter } from '../../src/meters/meter-actions.ts'
import { consumptions, judgeEdit, judgeNew, type Verdict } from '../../src/meters/reading.ts'
import { editReading, removeReading, submitReading } from '../../src/meters/reading-actions.ts'
import { keepLast, meter as meterOf, meters, readings } from '../../src/meters/store.ts'
import { writing } from '../../src/platform/database.ts'
import { openProgram, pages } from '../program.ts'
import { openSite } from '../site.ts'
import { date, openWorld } from '../world.ts'

const draft = { type: 'WATER', number: '44-71820', installedOn: '2023-06-10', initial: '100', status: 'ACTIVE', validUntil: '', periodMonths: '1', designation: '', premises: '', justification: '' }
const reading = (readOn: string, value: string) => ({ readOn, value, difference: '', estimated: false, consumed: '', justification: 'Pārrakstījos' })

/** Read every day from the 11th of June 2023 to the 20th of November 2026, with more used each month. */
async function oneMeter() {
  const world = await openWorld()
  const anna = await world.person('Anna Kalniņa')
  const building = await world.building('Ķiršu iela 12')
  await world.holds(anna, building)
  const { number, caseId } = await world.house('ML-1', [building])
  const ctx = world.as(anna)
  const { id } = await addMeter(ctx, number, draft)
  const first = date('2023-06-11')
  let value = 100_000
  const rows = Array.from({ length: daysBetween(first, date('2026-11-20')) + 1 }, (_, day) => {
    const readOn = addDays(first, day)
    value += 1000 + Number(readOn.slice(5, 7)) * 37 + day
    return { case_id: caseId, meter_id: id, read_on: readOn, value: quantity(value), difference: null, rolled_over: quantity(0), estimated: false, warnings: [], entered_at: world.now, entered_by: anna.id, import_id: null }
  })
  await writing(world.db, async (tx) => {
    await tx.insertInto('reading').values(rows).execute()
    await keepLast(tx, (await meterOf(tx, caseId, id))!, { readOn: rows.at(-1)!.read_on, value: quantity(value) })
  })
  const meter = (await meterOf(world.db, caseId, id))!
  return { world, anna, ctx, number, caseId, meter, all: await readings(world.db, meter), path: `/cases/ML-1/meters/${id}` }
}

type Said = { codes: readonly string[]; consumption?: number; usual?: unknown }
const said = (verdict: Verdict): Said => (verdict.verdict === 'refused' ? { codes: verdict.codes } : { codes: verdict.codes, consumption: verdict.consumption, ...(verdict.usual && { usual: verdict.usual }) })
const saidOf = (work: Promise<{ verdict: Verdict }>): Promise<Said> =>
  work.then(
    ({ verdict }) => said(verdict),
    (error) => (error instanceof Refusal ? { codes: error.problems.map(({ code }) => code) } : { codes: [String(error)] }),
  )

test('a new reading is judged as by all that are stored, though few of them are read', async () => {
  const { ctx, number, meter, all } = await oneMeter()
  const [early, last] = [all[40]!, all.at(-1)!]
  const text = (value: number) => String(value / 1000)
  const typed = [[early.readOn, text(early.value)], [early.readOn, text(early.value + 1)], [last.readOn, text(last.value)], ['2026-11-21', text(last.value - 1)], ['2026-11-22', text(last.value + 90_000)]]
  for (const [readOn, value] of typed as [string, string][]) {
    const expected = said(judgeNew(meter, all, { readOn, value: quantity(Number(value) * 1000) }, ctx.today))
    assert.deepEqual(await saidOf(submitReading(ctx, number, meter.id, reading(readOn, value))), expected, `${readOn} ${value}`)
  }
})

test('a reading in the middle is edited and removed as by all that are stored, and the last one stays the last', async () => {
  const { world, ctx, number, caseId, meter, all } = await oneMeter()
  const at = 600
  const [before, edited, next] = [all[at - 1]!, all[at]!, all[at + 1]!]
  for (const value of [before.value - 1, before.value + 50, next.value, next.value + 1]) {
    const expected = said(judgeEdit(meter, all, at, { readOn: edited.readOn, value: quantity(value) }, ctx.today))
    assert.deepEqual(await saidOf(editReading(ctx, number, meter.id, edited.readOn, reading(edited.readOn, String(value / 1000)))), expected, String(value))
  }
  await removeReading(ctx, number, meter.id, edited.readOn, 'Nav īsts')
  const [kept] = await meters(world.db, caseId)
  assert.deepEqual([kept!.lastReadOn, kept!.lastValue], [all.at(-1)!.readOn, all.at(-1)!.value])
  await removeReading(ctx, number, meter.id, all.at(-1)!.readOn, 'Nav īsts')
  const [now] = await meters(world.db, caseId)
  assert.deepEqual([now!.lastReadOn, now!.lastValue, now!.readingDueOn], ['2026-11-19', all.at(-2)!.value, '2026-12-19'])
})

test('the picture of a year reads only its time, and shows what all readings would', async () => {
  const { world, ctx, caseId, meter, all } = await oneMeter()
  const whole = usesOf([{ installedOn: meter.installedOn, initial: meter.initial, endedOn: null, readings: all }], endOf(2026))
  for (const year of yearsOf([meter], ctx.today)) {
    const read = (await readsOf(world.db, caseId, [meter], [meter], comparedWith(year))).get(meter.id)!
    assert.ok(read.readings.length <= 2 * 366 + 1)
    for (const shown of [year, year - 1]) assert.deepEqual(yearOf(usesUntil([read], ctx.today), shown), yearOf(whole, shown), `${shown} beside ${year}`)
  }
})

test('a program reads the list page by page, each reading with what was used since the one before it', async () => {
  const { world, anna, ctx, number, meter, all, path } = await oneMeter()
  const owner = await (await openProgram(world)).as(anna)
  const addOne = (page: number) => (page === 1 ? submitReading(ctx, number, meter.id, reading('2026-11-22', '9999')) : Promise.resolve())
  const found = await pages(owner, `${path}/readings`, 100, addOne)
  const expected = consumptions(meter.initial, all).reverse()
  assert.deepEqual(found.flat().map(({ readOn, consumption }) => [readOn, consumption]), expected.map(({ readOn, consumption }) => [readOn, (consumption / 1000).toFixed(3)]))
  assert.equal((await owner('GET', `${path}/readings`)).body.items.length, 30)
  assert.equal((await owner('GET', `${path}/readings?cursor=17`)).status, 422)
})

test('the page of a meter begins with the latest years and leads to the older ones, whole years with what each used', async () => {
  const { world, anna, meter, all, path } = await oneMeter()
  const guest = await (await openSite(world))(anna)
  const used = (year: string) => {
    const total = consumptions(meter.initial, all).filter(({ readOn }) => readOn.startsWith(year)).reduce((sum, { consumption }) => sum + consumption, 0)
    return `${year} patērēts ${new Intl.NumberFormat('lv', { minimumFractionDigits: 3 }).format(total / 1000)}`.replace(/\s/g, ' ')
  }
  const shown: string[] = []
  let next: string | undefined = path
  while (next) {
    const { words, page } = await guest.get(next)
    const years = ['2026', '2025', '2024', '2023'].filter((year) => words.replace(/\s/g, ' ').includes(used(year)))
    assert.equal(years.length, 1, next)
    shown.push(...years)
    next = /href="([^"#]*)#readings" rel="next"/.exec(page)?.[1]
  }
  assert.deepEqual(shown, ['2026', '2025', '2024', '2023'])
  assert.match((await guest.get(`${path}?until=2023`)).page, new RegExp(`href="${path}#readings">Jaunākie rādījumi`))
  assert.match((await guest.get(`${path}?until=1900`)).words, /20\.11\.2026/)
  assert.match((await guest.get(`${path}?read=2023-06-11`)).words, /11\.06\.2023: [\d,]+ m³, patēriņš 1,222/)
})
