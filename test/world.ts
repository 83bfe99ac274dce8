// A small world for tests: a database of its own, with people and buildings put in by name.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import type { Holder } from '../src/buildings/building.ts'
import type { PlainDate } from '../src/kernel/date.ts'
import type { Party, PersonActor, Staff } from '../src/people/actor.ts'
import { systemContext, type Context, type Policy } from '../src/people/context.ts'
import { openDatabase, writing, type Database } from '../src/platform/database.ts'
import { silentLog } from '../src/platform/log.ts'
import { blobDirectory } from '../src/platform/blob-directory.ts'
import { freshDatabase } from './setup.ts'

export const date = (text: string) => text as PlainDate
/** An installation that nobody works for. */
export const nobody: Staff = { operators: new Set(), support: new Set() }
const longAgo = date('2000-01-01')

export type World = Awaited<ReturnType<typeof openWorld>>

export async function openWorld({ today = date('2026-11-23'), policy = 'strict' as Policy } = {}) {
  const { address, remove } = await freshDatabase()
  const database: Database = await openDatabase(address)
  await database.becomeApplication()
  after(async () => {
    await database.close()
    await remove()
  })
  const db = database.reader
  const folder = await mkdtemp(join(tmpdir(), 'nams-files-'))
  after(() => rm(folder, { recursive: true, force: true }))
  const incoming = join(folder, 'incoming')
  const attachments = { store: blobDirectory(join(folder, 'files'), incoming), incoming, largest: 10 * 1024 * 1024, most: 10 }
  const settings = { inspectionPolicy: policy, meterPolicy: policy, attachments }
  const now = new Date(`${today}T07:00:00Z`)
  let nextCode = 32000000000
  let nextBuilding = 1000010000001

  const party = async (kind: 'person' | 'organisation', name: string, email: string | null, code = String(nextCode++)): Promise<Party> => {
    const [given = name, ...rest] = name.split(' ')
    const names = kind === 'person' ? { given_name: given, surname: rest.join(' ') || given } : { given_name: null, surname: null }
    const row = { kind, code, name, ...names, email, email_verified_on: email ? longAgo : null, language: 'lv' as const, created_at: now }
    const { id } = await writing(db, (tx) => tx.insertInto('party').values(row).returning('id').executeTakeFirstOrThrow())
    return { id, kind, code, name }
  }

  return {
    db,
    database,
    address,
    now,
    today,
    /** Where files are kept, and while they are looked at. */
    folder,
    settings,
    person: (name: string, email: string | null = null) => party('person', name, email),
    organisation: (name: string, email: string | null = null, code?: string) => party('organisation', name, email, code),
    represents: (person: Party, organisation: Party, kind: 'sole' | 'joint' = 'sole') =>
      writing(db, (tx) =>
        tx
          .insertInto('representative')
          .values({ organisation_id: organisation.id, person_id: person.id, kind, valid_from: longAgo, valid_to: null })
          .execute(),
      ),
    /** A building with its operation case; answers the building's id and the case's number. */
    building: async (address: string, { isPublic = false } = {}) => {
      const designation = `0${nextBuilding++}`
      return writing(db, async (tx) => {
        const building = { designation, address, main_use_code: '1122', main_use: 'Triju vai vairāku dzīvokļu mājas', is_public: isPublic }
        const { id } = await tx.insertInto('building').values(building).returning('id').executeTakeFirstOrThrow()
        const file = { kind: 'operation' as const, number: `EL-${id}`, building_id: id, property_number: null, property_kind: null, opened_at: now }
        const { id: caseId } = await tx.insertInto('case_file').values(file).returning('id').executeTakeFirstOrThrow()
        return { id, caseId, number: file.number, designation }
      })
    },
    holds: (who: Party, building: { id: number }, { right = 'owner', premises = '', from = longAgo, to = null }: Partial<Holder> = {}) =>
      writing(db, (tx) =>
        tx
          .insertInto('holder')
          .values({ building_id: building.id, premises, right, party_id: who.id, valid_from: from, valid_to: to })
          .execute(),
      ),
    manages: (who: Party, building: { id: number }, responsible?: Party) =>
      writing(db, async (tx) => {
        await tx.insertInto('manager').values({ building_id: building.id, party_id: who.id, valid_from: longAgo, valid_to: null }).execute()
        if (responsible)
          await tx
            .insertInto('responsible')
            .values({ building_id: building.id, manager_id: who.id, manager_from: longAgo, person_id: responsible.id, valid_from: longAgo, valid_to: null })
            .execute()
      }),
    /** A house case over buildings; answers its number. */
    house: (number: string, buildings: readonly { id: number }[], kind: 'joint' | 'apartments' = 'joint') =>
      writing(db, async (tx) => {
        const file = { kind: 'house' as const, number, building_id: null, property_number: '01001240238', property_kind: kind, opened_at: now }
        const { id: caseId } = await tx.insertInto('case_file').values(file).returning('id').executeTakeFirstOrThrow()
        for (const { id } of buildings) await tx.insertInto('house_case_building').values({ case_id: caseId, building_id: id }).execute()
        return { number, caseId }
      }),
    /** What an action is given when this person acts, as itself or for an organisation. */
    as: (person: Party, profile: Party = person, represents: PersonActor['represents'] = profile === person ? 'self' : 'sole'): Context => ({
      actor: { kind: 'person', person, profile, represents, operator: false, support: false },
      now,
      today,
      db,
      locale: 'lv',
      via: 'page',
      settings,
      log: silentLog,
    }),
    /** What a job is given on a day. */
    system: (on: PlainDate = today): Context =>
      systemContext({ db, via: 'job', settings, log: silentLog, now, today: on }),
  }
}

