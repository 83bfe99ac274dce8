// A small register folder without fault, for tests to load or to spoil.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import type { RegisterName } from '../src/import/register.ts'

export type Folder = Partial<Record<RegisterName, string>>

export const anna = '32000000001'
export const janis = '32000000002'
export const manager = '49999910010'
export const house = '42010051208001'
export const shed = '42010051208002'
export const school = '42470020316001'

export const goodFolder: Required<Folder> = {
  'persons.csv': `personal_code,given_name,surname,email,email_verified_on
${anna},Anna,Kalniņa,anna@example.test,2026-01-15
320000-00002,Jānis,Ozols,,
`,
  'organisations.csv': `registration_number,name,email,email_verified_on
${manager},"SIA ""Ķiršu nami""",parvalde@example.test,
`,
  'representatives.csv': `registration_number,personal_code,kind,from,to
${manager},${janis},sole,2020-01-01,
`,
  'buildings.csv': `designation,address,main_use_code,main_use,public
${house},"Ķiršu iela 12, Cēsis",1122,Triju vai vairāku dzīvokļu mājas,0
${shed},"Ķiršu iela 12A, Cēsis",1242,Garāžu ēkas,0
${school},"Skolas iela 3, Cēsis",1263,Skolas,1
`,
  'house_cases.csv': `number,property_number,property_kind,designations
ML-1,42010051208,apartments,${house} ${shed}
`,
  'holders.csv': `designation,premises,right,holder_kind,holder_code,from,to
${house},${house}001,owner,person,${anna},2015-06-01,
${house},${house}002,owner,organisation,${manager},2015-06-01,2024-12-31
${shed},,owner,person,${anna},2015-06-01,
${school},,possessor,person,${janis},2015-06-01,
`,
  'managers.csv': `designation,manager_kind,manager_code,from,to,responsible_code,responsible_from,responsible_to
${house},organisation,${manager},2020-01-01,,${janis},2020-02-01,
${shed},person,${janis},2020-01-01,,,,
`,
  'inspection_types.csv': `designation,type,label,first_on,every,remind_before
${house},FIRE_SAFETY,,2020-03-31,P1Y,P1M
${house},DANGEROUS_EQUIPMENT,Lifts 1,2027-02-01,P6M,P10D
${house},Jumta apskate,,2027-05-01,P2Y,
${shed},PERIODIC_TECHNICAL_SURVEY,,2019-08-31,P20Y,P0D
`,
  'inspections.csv': `designation,type,label,performed_on,periodic,status,number
${house},FIRE_SAFETY,,2026-03-31,1,registered,UD-1
${house},FIRE_SAFETY,,2026-10-01,1,draft,UD-2
${house},Jumta apskate,,2026-05-02,0,registered,
${shed},PERIODIC_TECHNICAL_SURVEY,,2020-08-31,0,registered,TA-1
`,
}

/** A directory with these files, until the tests end. */
export function folderOf(files: Record<string, string | Uint8Array>): string {
  const directory = mkdtempSync(join(tmpdir(), 'nams-registers-'))
  after(() => rmSync(directory, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content)
  return directory
}

/** The good folder with a text in one of its files replaced by another. */
export function spoilt(name: RegisterName, text: string, by: string): Folder {
  const content = goodFolder[name].replace(text, by)
  if (content === goodFolder[name]) throw new Error(`${name} has no ${text}`)
  return { ...goodFolder, [name]: content }
}
