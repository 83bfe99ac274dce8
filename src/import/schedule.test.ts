import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { goodFolder, house } from '../../test/registers.ts'
import { openWorld } from '../../test/world.ts'
import { lastPerformedOn } from '../inspections/inspection.ts'
import { scheduled } from '../inspections/inspection-type.ts'
import { inspections, inspectionTypes } from '../inspections/store.ts'
import { importRegisters } from './import.ts'
import type { RegisterName } from './register.ts'

const name = fc.constantFrom('PERIODIC_TECHNICAL_SURVEY,', 'FIRE_SAFETY,', 'DANGEROUS_EQUIPMENT,Lifts 1', 'Jumta apskate,')
const differently = fc.constantFrom((text: string) => text, (text: string) => text.replace('Jumta apskate', 'JUMTA  apskāte').replace('Lifts', 'lifts'))
const day = fc.oneof(
  fc.constantFrom('2024-02-29', '2025-01-31', '2025-08-31', '2026-03-31', '2026-11-23'),
  fc.date({ min: new Date('2024-01-01'), max: new Date('2026-11-23'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
)
const period = fc.oneof(fc.integer({ min: 2, max: 30 }).map((value) => `P${value}M`), fc.integer({ min: 1, max: 5 }).map((value) => `P${value}Y`))
const reminder = fc.constantFrom('', 'P0D', 'P10D', 'P30D', 'P1M')

const type = fc.record({ name, firstOn: day, every: period, remind: reminder })
const done = fc.record({ name, differently, on: day, periodic: fc.constantFrom(0, 1), status: fc.constantFrom('registered', 'draft', 'annulled') })

const folder = fc.record({
  types: fc.uniqueArray(type, { selector: (one) => one.name, maxLength: 4 }),
  inspections: fc.uniqueArray(done, { selector: (one) => one.name + one.on, maxLength: 8 }),
})

const file = (name: RegisterName, rows: string[]) => ({ name, content: [goodFolder[name].split('\n')[0], ...rows, ''].join('\n') })

test('after any imports, one upon the other, the dates of a type are those of the rule', async () => {
  const world = await openWorld()
  const ctx = world.system()
  await importRegisters(ctx, [{ name: 'buildings.csv', content: goodFolder['buildings.csv'] }])
  const { id } = await world.db.selectFrom('case_file').select('id').where('number', '=', 'EL-00001').executeTakeFirstOrThrow()
  const seen = { withInspection: 0, types: 0 }
  await fc.assert(
    fc.asyncProperty(folder, async ({ types, inspections: some }) => {
      await importRegisters(ctx, [
        file('inspection_types.csv', types.map((one) => `${house},${one.name},${one.firstOn},${one.every},${one.remind}`)),
        file('inspections.csv', some.map((one) => `${house},${one.differently(one.name)},${one.on},${one.periodic},${one.status},`)),
      ])
      const all = await inspections(world.db, id)
      for (const { lastPerformedOn: last, nextOn, remindOn, ...setting } of await inspectionTypes(world.db, id)) {
        assert.deepEqual({ lastPerformedOn: last, nextOn, remindOn }, scheduled(setting, lastPerformedOn(setting, all, world.today)))
        seen.types++
        if (last) seen.withInspection++
      }
    }),
    { numRuns: 40 },
  )
  assert.ok(seen.withInspection > 20, JSON.stringify(seen))
})
