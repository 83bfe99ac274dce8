// `nams import` as a program: what it prints, what it writes and how it ends.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { freshDatabase } from '../setup.ts'
import { folderOf, goodFolder, house, spoilt } from '../registers.ts'

const program = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

type Ended = { code: number; out: string; err: string }

async function installation() {
  const { address, remove } = await freshDatabase()
  const { DATABASE_URL: _, ...rest } = process.env
  const env = { ...rest, LANG: 'en', ...('url' in address ? { DATABASE_URL: address.url } : { NAMS_DATA: `${address.directory}-data` }) }
  const nams = (...args: string[]): Promise<Ended> =>
    promisify(execFile)(process.execPath, [program, ...args], { env }).then(
      ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
      ({ code, stdout, stderr }) => ({ code, out: stdout, err: stderr }),
    )
  return { nams, remove }
}

const meters = `case_number,designation,type,number,installed_on,initial,status,valid_until,period_months
ML-1,${house},WATER,44-1,2026-01-01,100,ACTIVE,,1
ML-1,,WATER,,2026-01-01,100,ACTIVE,,1
`
const readings = `case_number,type,number,read_on,value,difference
ML-1,WATER,44-1,2026-03-01,120,
ML-1,WATER,44-1,2026-02-01,110,
ML-1,WATER,44-2,2026-02-01,110,
`
const lines = ({ out }: Ended) => out.trim().split('\n').map((line) => JSON.parse(line))

test('registers, meters and readings are loaded from one folder, a line for each row, and the same again changes nothing', async (t) => {
  const { nams, remove } = await installation()
  t.after(remove)
  const folder = folderOf({ ...goodFolder, 'meters.csv': meters, 'readings.csv': readings })
  const first = await nams('import', folder, '--as-of', '2026-11-01', '--json')
  assert.equal(first.code, 0)
  const [registers, ...rows] = lines(first)
  assert.equal(registers.counts['buildings.csv'].created, 3)
  assert.deepEqual(rows, [
    { file: 'meters.csv', line: 2, verdict: 'accepted', codes: [] },
    { file: 'meters.csv', line: 3, verdict: 'refused', codes: ['required'] },
    { file: 'readings.csv', line: 2, verdict: 'accepted', codes: [] },
    { file: 'readings.csv', line: 3, verdict: 'accepted', codes: [] },
    { file: 'readings.csv', line: 4, verdict: 'refused', codes: ['unknown-meter'] },
  ])
  const again = await nams('import', folder, '--as-of', '2026-11-01')
  assert.match(again.out, /readings\.csv:2: this reading is there already/)
  assert.match(again.out, /readings\.csv: 0 accepted, 0 accepted with a warning, 3 refused; nothing was changed/)
  const early = await nams('import', folderOf({ 'readings.csv': readings.replace('2026-03-01', '2026-03-02') }), '--as-of', '2026-03-01', '--json')
  assert.deepEqual(lines(early)[0], { file: 'readings.csv', line: 2, verdict: 'refused', codes: ['date-in-future'] })
  assert.equal((await nams('import', '--undo', '2')).code, 5)
  assert.match((await nams('import', '--undo', '1', '--because', 'Wrong file')).err, /Import 1 was not undone: .*readings.*: 44-1/)
  const undone = await nams('import', '--undo', '2', '--because', 'Wrong file')
  assert.match(undone.out, /Import 2 was undone: 2 readings of 1 meter were removed/)
  assert.match((await nams('import', '--undo', '2', '--because', 'Wrong file')).err, /undone before/)
  assert.match((await nams('import', '--undo', '1', '--because', 'Wrong file')).out, /Import 1 was undone: 1 meter removed, 0 as before/)
})

test('where a register is refused or a file is no such table, nothing is written', async (t) => {
  const { nams, remove } = await installation()
  t.after(remove)
  const refused = await nams('import', folderOf({ ...goodFolder, 'buildings.csv': goodFolder['buildings.csv'].replace(house, '1'), 'meters.csv': meters, 'readings.csv': readings }), '--json')
  assert.equal(refused.code, 5)
  assert.ok(lines(refused).every(({ file }) => file !== 'meters.csv' && file !== 'readings.csv'))
  const wrong = await nams('import', folderOf({ ...goodFolder, 'readings.csv': readings.replace('read_on', 'date') }))
  assert.equal(wrong.code, 5)
  assert.match(wrong.err, /readings\.csv:1 date/)
  const all = await nams('import', folderOf({ ...spoilt('buildings.csv', ',1\n', ',maybe\n'), 'Foo.csv': '', 'meters.csv': meters.replace('installed_on', 'date'), 'readings.csv': readings.replaceAll(',', ';') } as Record<string, string>), '--json')
  assert.deepEqual(lines(all).map(({ file, code }) => `${file} ${code}`), ['Foo.csv unknown-file', 'meters.csv unknown-column', 'meters.csv missing-column', 'readings.csv not-comma-separated', 'buildings.csv not-allowed'])
  const good = await nams('import', folderOf(goodFolder), '--json')
  assert.equal(lines(good)[0].counts['buildings.csv'].created, 3)
})
