// Who may let support look, and who may look, as one table: persona × action → allowed, missing, forbidden or invalid. An action without a row fails.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as access from '../src/support-access/actions.ts'
import * as history from '../src/support-access/history.ts'
import * as looks from '../src/support-access/look-actions.ts'
import type { PersonContext } from '../src/people/context.ts'
import { openSessions, startSession, type Session } from '../src/people/session.ts'
import { reportProblem } from '../src/problems/report-actions.ts'
import { numberOf } from '../src/problems/problem-report.ts'
import { actionsOf, buildWorld, outcome } from './access-world.ts'

const told = { kind: 'problem', topic: 'meters', subject: 'Nevar iesniegt', description: 'Nekas nenotiek.', happenedOn: '2026-11-22', happenedAt: '08:30', circumstances: { page: null, browser: null, language: null, version: null, requestIds: [] } }

const { world, as } = await buildWorld('strict')

async function sessionOf({ actor, db, now }: PersonContext): Promise<Session> {
  await startSession(db, actor.person.id, 'test', now)
  return (await openSessions(db, actor.person.id, now)).reduce((last, one) => (one.id > last.id ? one : last))
}

const owner = as['the only owner']!
const report = numberOf(await reportProblem(owner, told))
const support: PersonContext = { ...owner, actor: { ...(as['a stranger']!.actor), support: true } }

/** Support in a session that looks for the owner. */
async function looking() {
  await access.openAccess(owner, null)
  const session = await sessionOf(support)
  await looks.startLook(support, session, report)
  const [look] = await world.db.selectFrom('support_look').select('id').orderBy('id', 'desc').limit(1).execute()
  return { ...session, lookId: look!.id }
}

type Try = (ctx: PersonContext) => Promise<unknown>

const tries: Record<string, Try> = {
  prepareAccess: (ctx) => access.prepareAccess(ctx),
  openAccess: (ctx) => access.openAccess(ctx, null),
  closeAccess: (ctx) => access.closeAccess(ctx),
  openedAccess: (ctx) => access.openedAccess(ctx),
  supportHistory: (ctx) => history.supportHistory(ctx),
  pagesLookedAt: async (ctx) => history.pagesLookedAt(ctx, (await looking()).lookId),
  startLook: async (ctx) => (await access.openAccess(owner, null), looks.startLook(ctx, await sessionOf(ctx), report)),
  endLook: async (ctx) => looks.endLook(ctx, await looking()),
  profilesLookedAt: async (ctx) => looks.profilesLookedAt(ctx, await looking()),
  chooseLookedAt: async (ctx) => looks.chooseLookedAt(ctx, await looking(), owner.actor.person.id),
}

const own = { prepareAccess: 'allowed', openAccess: 'allowed', closeAccess: 'allowed', openedAccess: 'allowed', supportHistory: 'allowed' }
/** To end what one does not look at does nothing. */
const notSupport = { pagesLookedAt: 'missing', startLook: 'forbidden', endLook: 'allowed', profilesLookedAt: 'missing', chooseLookedAt: 'missing' }

const rows: [string, PersonContext, Record<string, string>][] = [
  ['the only owner, whose report it is', owner, { ...own, ...notSupport, pagesLookedAt: 'allowed' }],
  ['another person', as['the manager']!, { ...own, ...notSupport }],
  ['a representative, for the organisation', as['a sole representative']!, { ...own, ...notSupport, prepareAccess: 'forbidden', openAccess: 'forbidden' }],
  ['a representative in the own profile', as['a representative in the own profile']!, { ...own, ...notSupport }],
  ['support', support, { ...own, pagesLookedAt: 'missing', startLook: 'allowed', endLook: 'allowed', profilesLookedAt: 'allowed', chooseLookedAt: 'allowed' }],
]

test('each persona may open, close and look what the table says', async () => {
  const expected: Record<string, unknown> = {}
  const found: Record<string, unknown> = {}
  for (const [persona, ctx, may] of rows)
    for (const [name, attempt] of Object.entries(tries)) {
      expected[`${persona}: ${name}`] = may[name]
      found[`${persona}: ${name}`] = await outcome(attempt(ctx))
    }
  assert.deepEqual(found, expected)
})

test('no action of access for support is without a row', async () => {
  assert.deepEqual(await actionsOf('support-access', ['history.ts'], ['actorsOf']), Object.keys(tries).sort())
})
