import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { columns, type RegisterName } from '../../src/import/register.ts'
import type { Database } from '../../src/platform/database.ts'
import { installation, kills, moments, outcomeOf } from './rig.ts'

const size = 1700

const each = <T>(row: (i: number) => T): T[] => Array.from({ length: size }, (_, i) => row(i + 1))
const person = (i: number) => `32${String(i).padStart(9, '0')}`
const building = (i: number) => String(i).padStart(14, '0')

/** Registers whose every person, building, manager, inspection and type tells their edition. */
const registers = (edition: number): Partial<Record<RegisterName, unknown[][]>> => ({
  'persons.csv': each((i) => [person(i), 'Persona', edition, '', '']),
  'buildings.csv': each((i) => [building(i), `Ķiršu iela ${i} / ${edition}`, 1122, 'Mājas', 0]),
  'holders.csv': each((i) => [building(i), '', 'owner', 'person', person(i), '2020-01-01', '']),
  'managers.csv': each((i) => [building(i), 'person', person(1), '2020-01-01', `${2030 + edition}-01-01`, '', '', '']),
  'inspection_types.csv': each((i) => [building(i), 'FIRE_SAFETY', '', '2027-03-01', `P${edition}Y`, '']),
  'inspections.csv': each((i) => [building(i), 'FIRE_SAFETY', '', '2026-03-01', 1, edition % 2 ? 'registered' : 'draft', '']),
})

/** A folder for each edition. */
function folders(): (edition: number) => string {
  const root = mkdtempSync(join(tmpdir(), 'nams-kill-registers-'))
  after(() => rmSync(root, { recursive: true, force: true }))
  return (edition) => {
    const folder = mkdtempSync(join(root, `${edition}-`))
    for (const [name, rows] of Object.entries(registers(edition)))
      writeFileSync(join(folder, name), [columns[name as RegisterName], ...rows].map((row) => `${row.join(',')}\n`).join(''))
    return folder
  }
}

/** What each table says its edition is, and how often; 0: not there. */
async function editionOf({ reader }: Database): Promise<number> {
  const said = sql<{ of: string; edition: number; count: number }>`(
    select 'persons' as of, surname::int as edition, count(*)::int as count from party group by edition union all
    select 'buildings', split_part(address, '/ ', 2)::int, count(*)::int from building group by 2 union all
    select 'managers', extract(year from valid_to)::int - 2030, count(*)::int from manager group by 2 union all
    select 'types', period_value, count(*)::int from inspection_type group by 2 union all
    select 'done', period_value, count(*)::int from inspection join inspection_type using (case_id)
      where (status = 'registered') = (period_value % 2 = 1) group by 2)`
  const rows = await reader.selectFrom(said.as('said')).selectAll().execute()
  const edition = rows[0]?.edition ?? 0
  const whole = ['buildings', 'done', 'managers', 'persons', 'types'].map((of) => ({ of, edition, count: size }))
  assert.deepEqual(rows.sort((a, b) => a.of.localeCompare(b.of)), edition === 0 ? [] : whole, 'a part of an import is there')
  return edition
}

const eventsOf = async ({ reader }: Database): Promise<Record<string, number>> => {
  const counted = sql<{ action: string; count: number }>`(select action, count(*)::int as count from event group by action)`
  const rows = await reader.selectFrom(counted.as('counted')).selectAll().execute()
  return Object.fromEntries(rows.map(({ action, count }) => [action, count]))
}

const eventsAt = (edition: number): Record<string, number> => {
  const changed = size * (edition - 1)
  if (edition === 0) return {}
  const first = { 'register.imported': edition, 'party.registered': size, 'case.opened': size, 'holder.registered': size, 'manager.registered': size }
  const types = { 'inspection-type.added': size, 'inspection.recorded': size }
  if (edition === 1) return { ...first, ...types }
  return {
    ...first,
    ...types,
    'party.changed': changed,
    'building.changed': changed,
    'manager.changed': changed,
    'inspection-type.edited': changed,
    'inspection.changed': changed,
  }
}

test(`an import killed ${kills} times is there with all its events or not at all`, async () => {
  const { data, look } = await installation()
  const folderOf = folders()
  const trial = mkdtempSync(join(tmpdir(), 'nams-kill-trial-'))
  after(() => rmSync(trial, { recursive: true, force: true }))
  cpSync(data, trial, { recursive: true })
  let { milliseconds } = await outcomeOf(trial, 'importer.ts', [folderOf(1)])
  const seen = { nothing: 0, all: 0, done: 0 }
  let edition = 0
  for (const [at, moment] of moments('import').entries()) {
    // The first imports find nothing there, the later ones change what is there.
    if (at === kills / 2 && edition === 0) await outcomeOf(data, 'importer.ts', [folderOf(++edition)])
    const { isDone, ...took } = await outcomeOf(data, 'importer.ts', [folderOf(edition + 1)], { after: moment * milliseconds })
    if (isDone) milliseconds = took.milliseconds
    await look(async (database) => {
      const now = await editionOf(database)
      assert.ok(now === edition + 1 || (now === edition && !isDone), 'what was acknowledged is lost')
      assert.deepEqual(await eventsOf(database), eventsAt(now))
      seen[now === edition ? 'nothing' : isDone ? 'done' : 'all']++
      edition = now
    })
  }
  console.log('import, there after the kill:', seen)
  assert.ok(seen.nothing >= kills / 2, 'too few kills came in the middle of an import')
  assert.ok((await outcomeOf(data, 'importer.ts', [folderOf(edition + 1)])).isDone)
  await look(async (database) => {
    assert.equal(await editionOf(database), edition + 1)
    assert.deepEqual(await eventsOf(database), eventsAt(edition + 1))
  })
})
