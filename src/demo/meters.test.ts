import assert from 'node:assert/strict'
import { test } from 'node:test'
import { date, openWorld } from '../../test/world.ts'
import { importRegisters } from '../import/import.ts'
import { addDemoMeters } from './meters.ts'
import { demoRegisters } from './registers.ts'

test('the demo’s meters load on any day, once, and something of theirs is late, near its end and unusual', async () => {
  for (const today of ['2026-11-23', '2028-02-29', '2027-08-31'].map(date)) {
    const world = await openWorld({ today })
    await importRegisters(world.system(), demoRegisters(today))
    await addDemoMeters(world.system())
    await addDemoMeters(world.system())
    const meters = await world.db.selectFrom('meter').select(['reading_due_on as dueOn', 'valid_until as validUntil', 'premises']).execute()
    const readings = await world.db.selectFrom('reading').select(['warnings', 'read_on as readOn']).execute()
    assert.deepEqual([meters.length, readings.length], [30, 30 * 26 - 3 - 1 - 3 - 1 - 1])
    assert.ok(meters.some(({ dueOn }) => dueOn < today), 'late')
    assert.ok(meters.some(({ dueOn }) => dueOn > today), 'in time')
    assert.ok(meters.some(({ validUntil }) => validUntil !== null && validUntil < today), 'over')
    assert.ok(readings.every(({ readOn }) => readOn <= today))
    assert.equal(readings.filter(({ warnings }) => warnings.includes('consumption-unusual')).length, 1)
  }
})
