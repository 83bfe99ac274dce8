// A person with something to see, who is an operator too, at the desk, and acts for an authority, somebody of support, a problem reported, and a clock that a test moves: for what support may look at.
import { after } from 'node:test'
import { createApp, type AppSettings } from '../src/app.ts'
import type { Party } from '../src/people/actor.ts'
import type { PersonContext } from '../src/people/context.ts'
import type { Installation } from '../src/people/door.ts'
import { startSession } from '../src/people/session.ts'
import { reportProblem } from '../src/problems/report-actions.ts'
import { numberOf } from '../src/problems/problem-report.ts'
import { guestOf } from './site.ts'
import { installationOf } from './server.ts'
import { openWorld } from './world.ts'

const told = { kind: 'problem', topic: 'meters', subject: 'Rādījumu nevar iesniegt', description: 'Nekas nenotiek.', happenedOn: '2026-11-22', happenedAt: '08:30', circumstances: { page: null, browser: null, language: null, version: null, requestIds: [] } }

export async function supportWorld(changes: Partial<Installation> = {}, settings: Partial<AppSettings> = {}) {
  const world = await openWorld()
  let now = world.now
  const [anna, marta, janis] = [await world.person('Anna Kalniņa', 'anna@example.test'), await world.person('Marta Saulīte'), await world.person('Jānis Ozols')]
  const firm = await world.organisation('SIA “Jaunā māja”')
  await world.represents(anna, firm)
  const [villa, other, office] = [await world.building('Villas iela 1'), await world.building('Otra iela 2'), await world.building('Biroja iela 3')]
  for (const building of [villa, other]) await world.holds(anna, building)
  await world.holds(janis, villa, { right: 'possessor' })
  await world.holds(firm, office)
  const house = await world.house('ML-villa', [villa])
  const asAnna = world.as(anna) as PersonContext
  const report = numberOf(await reportProblem(asAnna, told))
  const support = new Set([marta.code, anna.code])
  const configured = { ...world.system().settings, authorities: new Set([firm.code]) }
  const installation = installationOf(world, { clock: () => now, staff: { operators: new Set([anna.code]), support }, settings: configured, ...changes })
  /** Another process of the same installation. */
  const serve = async (other: Partial<Installation> = {}) => {
    const server = await createApp({ ...installation, ...other }, { secret: 'a secret of a test, long enough to sign with', trustProxy: false, logger: false, ...settings })
    after(() => server.close())
    /** A browser in which a person has just signed in. */
    const browser = async (person: Party) => {
      const key = await startSession(world.db, person.id, 'test', now)
      return { key, ...guestOf(server, key) }
    }
    return { server, browser }
  }
  const { server, browser } = await serve()
  const at = (seconds: number) => void (now = new Date(world.now.getTime() + seconds * 1000))
  return { world, server, serve, anna, marta, janis, firm, villa, other, office, house, report, browser, at, support, ctxOf: (person: Party): PersonContext => ({ ...(world.as(person) as PersonContext), now }) }
}

export type SupportWorld = Awaited<ReturnType<typeof supportWorld>>
