// Who may do what with problem reports, as one table: persona × action → allowed or missing. An action without a row fails.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as canned from '../src/problems/canned-actions.ts'
import * as desk from '../src/problems/desk-actions.ts'
import * as known from '../src/problems/known-actions.ts'
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
  const settings = { ...own.settings, supportCodes: new Set([marta.code]) }
  const as: Record<string, PersonContext> = {
    'the reporter': own,
    'the reporter in another profile': world.as(anna, firm) as PersonContext,
    'who represents the same organisation': world.as(janis, firm) as PersonContext,
    'a stranger': world.as(janis) as PersonContext,
    'an operator': { ...own, actor: { ...(world.as(janis) as PersonContext).actor, operator: true } },
    support: { ...atSupport, settings, actor: { ...atSupport.actor, support: true } },
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

const words = { titleLv: 'Zināma', titleEn: 'Known', textLv: 'Labojam', textEn: 'We are on it' }
const all = { find: '', standing: 'all', overdue: false } as const
let serial = 0
const aCanned = () => ({ name: `Atbilde ${serial++}`, lv: 'Paldies', en: 'Thanks' })

/** What is for support alone. The numbers are of a report, a known problem and a canned answer. */
const desks: Record<string, (ctx: PersonContext, ids: { report: number; known: number; canned: number }) => Promise<unknown>> = {
  addCanned: (ctx) => canned.addCanned(ctx, aCanned()),
  addKnown: (ctx) => known.addKnown(ctx, words),
  answerReport: (ctx, ids) => desk.answerReport(ctx, ids.report, 'answer', 'Skatāmies'),
  assignReport: (ctx, ids) => desk.assignReport(ctx, ids.report, ctx.actor.person.id),
  cannedForDesk: (ctx) => canned.cannedForDesk(ctx),
  cannedForDeskById: (ctx, ids) => canned.cannedForDeskById(ctx, ids.canned),
  deskQueue: (ctx) => desk.deskQueue(ctx, all),
  deskReport: (ctx, ids) => desk.deskReport(ctx, ids.report),
  editCanned: (ctx, ids) => canned.editCanned(ctx, ids.canned, aCanned()),
  editKnown: (ctx, ids) => known.editKnown(ctx, ids.known, { ...words, titleEn: 'Known well' }),
  finishReport: (ctx, ids) => desk.answerReport(ctx, ids.report, 'resolve', 'Gatavs').then(() => desk.finishReport(ctx, ids.report)),
  knownForDesk: (ctx) => known.knownForDesk(ctx),
  knownForDeskById: (ctx, ids) => known.knownForDeskById(ctx, ids.known),
  linkReport: (ctx, ids) => desk.linkReport(ctx, ids.report, ids.known),
  noteReport: (ctx, ids) => desk.noteReport(ctx, ids.report, 'Zvanīt'),
  removeCanned: (ctx, ids) => canned.removeCanned(ctx, ids.canned),
  solveKnown: (ctx, ids) => known.solveKnown(ctx, ids.known, { lv: 'Gatavs', en: 'Done' }),
}

test('the desk is for support alone: neither the reporter nor an operator works at it', async () => {
  const { as, reporter } = await buildPeople()
  const expected: Record<string, Outcome> = {}
  const found: Record<string, unknown> = {}
  for (const [persona, ctx] of Object.entries(as))
    for (const [name, attempt] of Object.entries(desks)) {
      const ids = { report: await reporting.reportProblem(reporter, draft), known: await known.addKnown(as['support']!, words), canned: await canned.addCanned(as['support']!, aCanned()) }
      expected[`${persona}: ${name}`] = persona === 'support' ? 'allowed' : 'forbidden'
      found[`${persona}: ${name}`] = await outcome(attempt(ctx, ids))
    }
  assert.deepEqual(found, expected)
})

test('that it helped is the reporter’s to say, of what support resolved', async () => {
  const { as, reporter } = await buildPeople()
  const found: Record<string, unknown> = {}
  for (const [persona, ctx] of Object.entries(as)) {
    const id = await reporting.reportProblem(reporter, draft)
    await desk.answerReport(as['support']!, id, 'resolve', 'Gatavs')
    found[persona] = await outcome(reporting.sayItHelped(ctx, id))
  }
  assert.deepEqual(found, Object.fromEntries(Object.keys(as).map((persona) => [persona, persona.startsWith('the reporter') ? 'allowed' : 'missing'])))
})

test('no action of problem reports is without a row', async () => {
  const tried = [everyones, reporters, desks].flatMap((tries) => Object.keys(tries))
  // Whoever has no account may report too; a mail is taken by the address that it was sent to: see `journeys/contact.test.ts`.
  const open = ['reportWithoutAccount', 'takeReply']
  assert.deepEqual(await actionsOf('problems', [], ['asSupport', 'contactProblems', 'isAnswer', 'replyDoor', 'targetsOf']), [...tried, ...open, 'sayItHelped'].sort())
})
