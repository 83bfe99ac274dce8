import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { anna, folderOf, goodFolder, house, janis, manager, school, shed, spoilt, type Folder } from '../../test/registers.ts'
import { openWorld, type World } from '../../test/world.ts'
import { locales } from '../ui/locale.ts'
import { importFolder } from './import.ts'
import { importProblemLine, importProblemText, ImportRefused, type ImportProblem } from './refusal.ts'
import type { RegisterName } from './register.ts'

const tables = ['party', 'representative', 'building', 'case_file', 'house_case_building', 'holder', 'manager', 'responsible', 'inspection_type', 'inspection', 'event'] as const

const rowsOf = async (world: World) =>
  Promise.all(tables.map(async (table) => (await world.db.selectFrom(table).select(sql<number>`count(*)::int`.as('rows')).executeTakeFirstOrThrow()).rows))

const load = (world: World, directory: string) => importFolder({ ...world.system(), via: 'command' }, directory)

/** What a refused import tells, by place and code, after making sure that it wrote nothing. */
async function refused(world: World, files: Record<string, string | Uint8Array>): Promise<readonly ImportProblem[]> {
  const before = await rowsOf(world)
  try {
    await load(world, folderOf(files))
  } catch (error) {
    assert.ok(error instanceof ImportRefused, String(error))
    assert.deepEqual(await rowsOf(world), before)
    return error.problems
  }
  return assert.fail('The folder was loaded.')
}

const places = (problems: readonly ImportProblem[]) => problems.map(({ file, line, column, code }) => `${file}:${line} ${column} ${code}`)

/** File, what stands in the good folder, what is put in its place, and where the import must say what of it. */
const faults: [RegisterName, string, string, string, ImportProblem['params']?][] = [
  ['persons.csv', anna, '010101-12345', '2 personal_code personal-code'],
  ['persons.csv', 'Kalniņa', ' ', '2 surname required'],
  ['persons.csv', 'Kalniņa', 'K'.repeat(101), '2 surname too-long', { max: 100 }],
  ['persons.csv', 'anna@example.test', 'anna@example', '2 email email'],
  ['persons.csv', 'anna@example.test', '', '2 email_verified_on verified-without-email'],
  ['persons.csv', '2026-01-15', '2026-11-24', '2 email_verified_on date-in-future'],
  ['persons.csv', '320000-00002', anna, '3 personal_code duplicate-row', { line: 2 }],
  ['persons.csv', 'Jānis', 'J\ufffdnis', '3 given_name unreadable-character'],
  ['persons.csv', 'Jānis', 'J\u0000nis', '3 given_name unreadable-character'],
  ['persons.csv', ',,\n', ',\n', '3  column-count', { expected: 5, found: 4 }],
  ['persons.csv', 'surname,email,', 'surname,e-mail,', '1 e-mail unknown-column'],
  ['persons.csv', 'surname,email,email_verified_on', 'surname,email,email,email_verified_on', '1 email duplicate-column'],
  ['organisations.csv', manager, '49999910011', '2 registration_number registration-number'],
  ['organisations.csv', '"SIA ""Ķiršu nami"""', 'SIA "Ķiršu nami"', '2  malformed-csv'],
  ['organisations.csv', '"SIA ""Ķiršu nami"""', '"SIA Ķiršu nami', '2  quote-not-closed'],
  ['representatives.csv', 'sole', 'single', '2 kind not-allowed', { allowed: 'sole, joint' }],
  ['representatives.csv', '2020-01-01,', '2020-01-01,2019-12-31', '2 to to-before-from'],
  ['representatives.csv', '2020-01-01', '', '2 from required'],
  ['representatives.csv', '2020-01-01', '2020-02-30', '2 from date-format'],
  ['representatives.csv', janis, '32000000009', '2 personal_code unknown-person'],
  ['representatives.csv', manager, '40003521600', '2 registration_number unknown-organisation'],
  ['buildings.csv', school, school.slice(1), '4 designation building-designation'],
  ['buildings.csv', school, house, '4 designation duplicate-row', { line: 2 }],
  ['buildings.csv', 'Skolas,1', 'Skolas,yes', '4 public not-allowed', { allowed: '0, 1' }],
  ['buildings.csv', '"Skolas iela 3, Cēsis"', '', '4 address required'],
  ['house_cases.csv', 'ML-1', 'EL-00009', '2 number number-reserved'],
  ['house_cases.csv', '42010051208,', '4201005120,', '2 property_number property-number'],
  ['house_cases.csv', 'apartments', 'flats', '2 property_kind not-allowed', { allowed: 'joint, apartments' }],
  ['house_cases.csv', ` ${shed}`, ' 4201', '2 designations building-designation'],
  ['house_cases.csv', ` ${shed}`, ' 42010051208009', '2 designations unknown-building'],
  ['house_cases.csv', `${shed}\n`, `${shed}\nML-2,42010051208,joint,${shed}\n`, '3 designations building-in-two-cases', { line: 2 }],
  ['house_cases.csv', `${shed}\n`, `${shed}\nML-1,42010051208,joint,${school}\n`, '3 number duplicate-row', { line: 2 }],
  ['holders.csv', `${house}002`, `${school}002`, '3 premises premises-elsewhere'],
  ['holders.csv', `${house}002`, `${house}2`, '3 premises premises-designation'],
  ['holders.csv', 'possessor', 'tenant', '5 right not-allowed', { allowed: 'owner, possessor' }],
  ['holders.csv', `possessor,person,${janis}`, `possessor,organisation,${janis}`, '5 holder_code registration-number'],
  ['holders.csv', `possessor,person,${janis}`, `possessor,person,32000000009`, '5 holder_code unknown-person'],
  ['holders.csv', `${school},`, '42470020316009,', '5 designation unknown-building'],
  ['holders.csv', `${school},,possessor,person,${janis}`, `${shed},,owner,person,${anna}`, '5 designation duplicate-row', { line: 4 }],
  ['managers.csv', `${janis},2020-02-01,`, `,2020-02-01,`, '2 responsible_code required'],
  ['managers.csv', `${janis},2020-02-01,`, `${janis},,`, '2 responsible_from required'],
  ['managers.csv', `${janis},2020-02-01,`, `${janis},2020-02-01,2020-01-31`, '2 responsible_to to-before-from'],
  ['managers.csv', `${janis},2020-02-01,`, `32000000009,2020-02-01,`, '2 responsible_code unknown-person'],
  ['managers.csv', `organisation,${manager}`, 'organisation,40003521600', '2 manager_code unknown-organisation'],
  ['managers.csv', `${shed},person,${janis},2020-01-01,,,,`, `${house},organisation,${manager},2020-01-01,,${janis},2020-02-01,`, '3 designation duplicate-row', { line: 2 }],
  ['managers.csv', `${shed},person,${janis},2020-01-01,,,,`, `${house},organisation,${manager},2020-01-01,2027-01-01,${anna},2020-02-01,`, '3 to contradicts-row', { line: 2 }],
  ['inspection_types.csv', 'Jumta apskate', 'Ugunsdrosibas PĀRBAUDE', '4 type system-name'],
  ['inspection_types.csv', 'Jumta apskate', '', '4 type required'],
  ['inspection_types.csv', '2027-05-01', '01.05.2027', '4 first_on date-format'],
  ['inspection_types.csv', 'P2Y', '2', '4 every period-format'],
  ['inspection_types.csv', 'P2Y', 'P101Y', '4 every period-too-long'],
  ['inspection_types.csv', 'P10D', 'P1Y', '3 remind_before reminder-format'],
  ['inspection_types.csv', 'P10D', 'P6M', '3 remind_before reminder-not-shorter'],
  ['inspection_types.csv', 'Jumta apskate', 'FIRE_SAFETY', '4 type duplicate-row', { line: 2 }],
  ['inspection_types.csv', `${shed},`, `${school},`, '5 every period-over-limit', { years: 10 }],
  ['inspection_types.csv', `${shed},`, '42010051208009,', '5 designation unknown-building'],
  ['inspections.csv', '2026-10-01', '2026-11-24', '3 performed_on date-in-future'],
  ['inspections.csv', 'draft', 'planned', '3 status not-allowed', { allowed: 'registered, draft, annulled' }],
  ['inspections.csv', '2026-10-01,1,draft,UD-2', '2026-03-31,1,draft,UD-1', '3 performed_on duplicate-row', { line: 2 }],
]

test('each fault is named by file, line, column and reason, and nothing is written', async (t) => {
  const world = await openWorld()
  for (const [file, text, by, place, params] of faults)
    await t.test(`${file}:${place}`, async () => {
      const problems = await refused(world, spoilt(file, text, by) as Record<string, string>)
      assert.ok(places(problems).includes(`${file}:${place}`), places(problems).join('\n'))
      const problem = problems.find((one) => `${one.file}:${one.line} ${one.column} ${one.code}` === `${file}:${place}`)!
      assert.deepEqual(problem.params, params)
      for (const locale of locales) {
        assert.notEqual(importProblemText(locale, problem), problem.code)
        assert.doesNotMatch(importProblemLine(locale, problem), /[{}]/)
      }
    })
  await load(world, folderOf(goodFolder))
})

test('all bad rows of all files are named together, in the order of the files', async () => {
  const world = await openWorld()
  const folder: Folder = {
    ...spoilt('persons.csv', 'anna@example.test', 'anna'),
    'holders.csv': spoilt('holders.csv', 'possessor', 'tenant')['holders.csv']!.replace('2024-12-31', '2014-12-31'),
    'inspections.csv': spoilt('inspections.csv', house, '42010051208009')['inspections.csv']!.replace('draft', 'planned'),
  }
  assert.deepEqual(places(await refused(world, folder as Record<string, string>)), [
    'persons.csv:2 email email',
    'holders.csv:3 to to-before-from',
    'holders.csv:5 right not-allowed',
    'inspections.csv:2 designation unknown-building',
    'inspections.csv:3 status not-allowed',
  ])
})

test('a row that names a bad row of another file is not named for it', async () => {
  const world = await openWorld()
  assert.deepEqual(places(await refused(world, spoilt('buildings.csv', 'Skolas,1', 'Skolas,2') as Record<string, string>)), [
    'buildings.csv:4 public not-allowed',
  ])
})

test('rows before a line that cannot be read are named too', async () => {
  const world = await openWorld()
  const rows = Array.from({ length: 6000 }, (_, at) => `${32000000100 + at},Anna,Kalniņa,${at === 4000 ? 'anna' : ''},\n`)
  const persons = `personal_code,given_name,surname,email,email_verified_on\n${rows.join('')}${janis},J"ā"nis,Ozols,,\n`
  assert.deepEqual(places(await refused(world, { 'persons.csv': persons })), ['persons.csv:4002 email email', 'persons.csv:6002  malformed-csv'])
})

test('a line is where its row begins, also below cells of several lines', async () => {
  const world = await openWorld()
  const persons = `personal_code,given_name,surname,email,email_verified_on\r\n\r\n${anna},"Anna\r\nMarija",Kalniņa,,\r\n${janis},Jānis,"\r\n",,\r\n`
  assert.deepEqual(places(await refused(world, { 'persons.csv': persons })), ['persons.csv:5 surname required'])
})

test('a file in another encoding is refused by the cell', async () => {
  const world = await openWorld()
  const persons = Buffer.from(goodFolder['persons.csv'].replace('Jānis', 'J\u00e2nis'), 'latin1')
  const found = places(await refused(world, { 'persons.csv': persons }))
  assert.ok(found.includes('persons.csv:3 given_name unreadable-character'), found.join('\n'))
})

test('a building of a house case that the folder does not name cannot join another', async () => {
  const world = await openWorld()
  await load(world, folderOf(goodFolder))
  const other = { 'house_cases.csv': `number,property_number,property_kind,designations\nML-2,42010051209,joint,${school} ${shed}\n` }
  const problems = await refused(world, other)
  assert.deepEqual(places(problems), ['house_cases.csv:2 designations in-other-house-case'])
  assert.deepEqual(problems[0]!.params, { number: 'ML-1' })
})

test('the ten-year rule holds for a building that is public already', async () => {
  const world = await openWorld()
  await load(world, folderOf(goodFolder))
  const types = (every: string) => ({
    'inspection_types.csv': `designation,type,label,first_on,every,remind_before\n${school},PERIODIC_TECHNICAL_SURVEY,,2027-01-01,${every},\n`,
  })
  assert.deepEqual(places(await refused(world, types('P121M'))), ['inspection_types.csv:2 every period-over-limit'])
  await load(world, folderOf(types('P120M')))
})

test('a folder that is not there, has no register, or has a table of another name is refused', async () => {
  const world = await openWorld()
  const of = async (directory: string) => {
    const error = await load(world, directory).then(() => assert.fail('The folder was loaded.'), (error: unknown) => error)
    assert.ok(error instanceof ImportRefused)
    return error.problems.map(({ file, line, code }) => [file, line, code])
  }
  const empty = folderOf({})
  assert.deepEqual(await of(`${empty}/none`), [[`${empty}/none`, 0, 'folder-missing']])
  assert.deepEqual(await of(empty), [[empty, 0, 'no-files']])
  assert.deepEqual(await of(folderOf({ ...goodFolder, 'person.csv': '' })), [['person.csv', 0, 'unknown-file']])
})

test('a table of another name does not hide what is wrong elsewhere', async () => {
  const world = await openWorld()
  assert.deepEqual(places(await refused(world, { ...spoilt('managers.csv', janis, '32000000009'), 'Foo.csv': 'a\n' } as Record<string, string>)), [
    'Foo.csv:0  unknown-file',
    'managers.csv:2 responsible_code unknown-person',
  ])
})

test('a file that cannot be read hides nothing of the others, and what only it could name is not called unknown', async () => {
  const world = await openWorld()
  const wrong = { ...spoilt('inspections.csv', '2026-10-01,1,draft,UD-2', '2026-03-31,1,draft,UD-1'), 'managers.csv': spoilt('managers.csv', janis, '32000000009')['managers.csv']! }
  const others = ['managers.csv:2 responsible_code unknown-person', 'inspections.csv:3 performed_on duplicate-row']
  for (const [text, by, place] of [['designation,address', 'designations,address', '1 designation missing-column'], [`${school},"`, `${school},`, '4  malformed-csv']] as const) {
    const found = places(await refused(world, { ...wrong, 'buildings.csv': spoilt('buildings.csv', text, by)['buildings.csv']! } as Record<string, string>))
    assert.deepEqual(found.filter((place) => !place.startsWith('buildings.csv')), others)
    assert.ok(found.includes(`buildings.csv:${place}`), found.join('\n'))
  }
  const quoted = places(await refused(world, { ...wrong, 'persons.csv': spoilt('persons.csv', 'Anna', '"Anna')['persons.csv']! } as Record<string, string>))
  assert.deepEqual(quoted, ['persons.csv:2  quote-not-closed', others[1]])
})

test('a table with another separator or in UTF-16 is refused in one sentence', async () => {
  const world = await openWorld()
  const persons = goodFolder['persons.csv']
  const header = persons.split('\n')[0]!
  const semicolons = persons.replaceAll(',', ';')
  const quoted = semicolons.replace(header.replaceAll(',', ';'), header.split(',').map((column) => `"${column}"`).join(';'))
  const utf16 = Buffer.from(`\ufeff${persons}`, 'utf16le')
  for (const content of [semicolons, quoted, persons.replaceAll(',', '\t'), utf16, utf16.subarray(2), Buffer.from(utf16).swap16()])
    assert.deepEqual(places(await refused(world, { ...goodFolder, 'persons.csv': content })), ['persons.csv:1  not-comma-separated'])
  for (const locale of locales) assert.match(importProblemText(locale, { field: '', code: 'not-comma-separated' }), /UTF-8/)
})

test('an empty file lacks its columns', async () => {
  const world = await openWorld()
  assert.deepEqual(
    (await refused(world, { 'organisations.csv': '' })).map(({ line, column, code }) => [line, column, code]),
    ['email', 'email_verified_on', 'name', 'registration_number'].map((column) => [1, column, 'missing-column']),
  )
})
