// The world that the manual's pictures are of: the demo on one day, told of, with mails sent and something announced.
import { catalogue } from '../../src/app.ts'
import { addDemoMeters } from '../../src/demo/meters.ts'
import { demoRegisters } from '../../src/demo/registers.ts'
import { importRegisters } from '../../src/import/import.ts'
import { sweep } from '../../src/inspections/sweep.ts'
import { meterReminders } from '../../src/meters/reminder-teller.ts'
import { deliverAll } from '../../src/notifications/delivery.ts'
import { emailChannel } from '../../src/notifications/email-channel.ts'
import { anna, buildingAuthority, inese } from '../../src/demo/people.ts'
import type { Party } from '../../src/people/actor.ts'
import type { PersonContext } from '../../src/people/context.ts'
import { sessionCookie } from '../../src/people/door.ts'
import { chooseProfile, openSessions, startSession } from '../../src/people/session.ts'
import { reportProblem } from '../../src/problems/report-actions.ts'
import { draftAnnouncement, publishAnnouncement } from '../../src/support/actions.ts'
import { serveWorld } from '../browser/browser.ts'
import { openWorld } from '../world.ts'

const news = {
  category: 'partners', audience: 'everyone', titleLv: 'Pārtraukums pieslēgšanās pakalpojumā', titleEn: 'Outage of the sign-in provider',
  textLv: 'Partneris veic darbus. Šajā laikā pierakstīties nevarēs.', textEn: 'Our partner carries out works. Signing in will not be possible.',
  startsOn: '2026-12-01', fromTime: '20:00', endsOn: '2026-12-01', toTime: '22:00', weekdays: [], leadHours: '24', isUrgent: false,
} as const

const reported = [['Nevaru ievadīt gāzes skaitītāja rādījumu', 'meters'], ['Kā pievienot otru e-pasta adresi?', 'notices']] as const
const nothing = { page: null, browser: null, language: null, version: null, requestIds: [] }

export async function openManualWorld() {
  const world = await openWorld()
  await importRegisters(world.system(), demoRegisters(world.today))
  await addDemoMeters(world.system())
  await sweep(world.system(), { tellers: [meterReminders()] })
  const transport = { send: async () => '250 2.0.0 OK', check: async () => {}, close: () => {} }
  await deliverAll(() => world.system(), { texts: catalogue, channels: { email: emailChannel({ transport, texts: catalogue, publicUrl: 'https://nams.example.lv' }) } })

  const party = async (code: string): Promise<Party> =>
    world.db.selectFrom('party').select(['id', 'kind', 'code', 'name']).where('code', '=', code).executeTakeFirstOrThrow()
  const operator = world.as(await party(inese.code)) as PersonContext
  const operating = { ...operator, actor: { ...operator.actor, operator: true } }
  await publishAnnouncement(operating, await draftAnnouncement(operating, { ...news, weekdays: [] }))

  const reporter = world.as(await party(anna.code)) as PersonContext
  for (const [subject, topic] of reported)
    await reportProblem(reporter, { kind: 'problem', topic, subject, description: subject, happenedOn: '2026-11-22', happenedAt: '09:00', circumstances: nothing })

  const served = await serveWorld(
    world,
    {},
    { staff: { operators: new Set([inese.code]), support: new Set([inese.code]) }, settings: { ...world.system().settings, authorities: new Set([buildingAuthority.code]) } },
  )
  /** The cookie of a person's session, in a profile of theirs. */
  const cookieOf = async (person: string, profile = person) => {
    const { id } = await party(person)
    const key = await startSession(world.db, id, 'Chrome, Linux', world.now)
    const session = (await openSessions(world.db, id, world.now)).reduce((last, one) => (one.id > last.id ? one : last))
    await chooseProfile(world.db, session.id, (await party(profile)).id)
    return { name: sessionCookie, value: key, url: served.address }
  }
  return { address: served.address, cookieOf }
}
