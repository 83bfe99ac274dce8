// Who may do what with problem reports, as one table: persona × action → allowed or missing. An action without a row fails.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as reporting from '../src/problems/report-actions.ts'
import { dateAt } from '../src/kernel/date.ts'
import type { PersonContext } from '../src/people/context.ts'
import { actionsOf, outcome, type Outcome } from './access-world.ts'
import { openWorld } from './world.ts'

const draft = { kind: 'problem', topic: 'cases', subject: 'Lieta', description: 'Neatveras', happenedOn: '2026-11-20', happenedAt: '09:00', circumstances: { page: null, browser: null, language: null, version: null, requestIds: [] } }

async function buildPeople() {
  const world = await openWorld()
  const [anna, janis, marta] = [await world.person('Anna Kalniņa'), await world.person('Jānis Ozols'), await world.person('Marta Saulīte')]
  const firm = await world.organisation('SIA “Jaunā māja”')
  await world.represents(anna, firm)
  await world.represents(janis, firm)
  const own = world.as(anna) as PersonContext
  const atSupport = world.as(marta) as PersonContext
  const as: Record<string, PersonContext> = {
    'the reporter': own,
    'the reporter in another profile': world.as(anna, firm) as PersonContext,
    'who represents the same organisation': world.as(janis, firm) as PersonContext,
    'a stranger': world.as(janis) as PersonContext,
    'an operator': { ...own, actor: { ...(world.as(janis) as PersonContext).actor, operator: true } },
    support: { ...atSupport, actor: { ...atSupport.actor, support: true } },
  }
  return { world, as, reporter: world.as(anna, firm) as PersonContext }
}

type Try = (ctx: PersonContext, id: number) => Promise<unknown>

/** What anybody may who is signed in. */
const everyones: Record<string, Try> = {
  reportProblem: (ctx) => reporting.reportProblem(ctx, { ...draft, happenedOn: dateAt(ctx.now), happenedAt: '00:00' }),
  ownReports: (ctx) => reporting.ownReports(ctx),
}

/** What is for the reporter alone, of a report that stands so. */
const reporters: Record<string, Try> = {
  ownReport: (ctx, id) => reporting.ownReport(ctx, id),
  addToReport: (ctx, id) => reporting.addToReport(ctx, id, 'Vēl'),
  closeReport: (ctx, id) => reporting.closeReport(ctx, id),
  reopenReport: (ctx, id) => reporting.closeReport(ctx, id).then(() => reporting.reopenReport(ctx, id, 'Vēl')),
}

test('a report is its person’s in every profile, and nobody else’s', async () => {
  const { as, reporter } = await buildPeople()
  const expected: Record<string, Outcome> = {}
  const found: Record<string, unknown> = {}
  for (const [persona, ctx] of Object.entries(as))
    for (const [tries, isFor] of [[everyones, () => true], [reporters, (who: string) => who.startsWith('the reporter')]] as const)
      for (const [name, attempt] of Object.entries(tries)) {
        const id = await reporting.reportProblem(reporter, draft)
        expected[`${persona}: ${name}`] = isFor(persona) ? 'allowed' : 'missing'
        found[`${persona}: ${name}`] = await outcome(attempt(ctx, id))
      }
  assert.deepEqual(found, expected)
})

test('no action of problem reports is without a row', async () => {
  // That it helped is said of what support resolved: see the desk.
  const tried = [everyones, reporters].flatMap((tries) => Object.keys(tries))
  assert.deepEqual(await actionsOf('problems', [], ['sayItHelped']), tried.sort())
})
