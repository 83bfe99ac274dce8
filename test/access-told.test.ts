// Who may tell people something, as one table: persona × action → allowed, missing or forbidden. An action without a row fails.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as reports from '../src/reports/actions.ts'
import type { PersonContext } from '../src/people/context.ts'
import { actionsOf, buildWorld, outcome, type Outcome } from './access-world.ts'

const draft = { kind: 'PERMIT_ISSUED', number: 'BA-1', about: 'garāža', date: '2026-11-20', note: '', caseNumber: '', recipients: [{ code: '32999999991', name: 'Ivars Iniciators' }] }

const authorityCode = '90000123450'

/** The people of the tables, and one who acts for an authority: each knows of it by the configuration. */
async function worldWithAuthority() {
  const built = await buildWorld('strict')
  const authority = await built.world.organisation('Cēsu būvvalde', null, authorityCode)
  const clerk = await built.world.person('Solvita Upīte')
  await built.world.represents(clerk, authority, 'joint')
  const configured = (ctx: PersonContext): PersonContext => ({ ...ctx, settings: { ...ctx.settings, authorities: new Set([authorityCode]) } })
  const acting = configured(built.world.as(clerk, authority, 'joint') as PersonContext)
  const own = { ...built.as, 'a clerk in the own profile': built.world.as(clerk) as PersonContext }
  return { ...built, as: { ...Object.fromEntries(Object.entries(own).map(([name, ctx]) => [name, configured(ctx)])), 'a clerk of an authority': acting }, acting }
}

const reporting: Record<string, (ctx: PersonContext, told: number) => Promise<unknown>> = {
  prepareReport: (ctx) => reports.prepareReport(ctx, draft),
  report: (ctx) => reports.report(ctx, draft),
  toldReports: (ctx) => reports.toldReports(ctx),
  toldReport: (ctx, id) => reports.toldReport(ctx, id),
}

test('only those who act for an authority report and see what it told', async () => {
  const { as, acting } = await worldWithAuthority()
  const { id } = await reports.report(acting, draft)
  const expected: Record<string, Outcome> = {}
  const found: Record<string, unknown> = {}
  for (const [persona, ctx] of Object.entries(as))
    for (const [name, attempt] of Object.entries(reporting)) {
      expected[`${persona}: ${name}`] = persona === 'a clerk of an authority' ? 'allowed' : 'forbidden'
      found[`${persona}: ${name}`] = await outcome(attempt(ctx, id))
    }
  assert.deepEqual(found, expected)
})

test('no action of telling is without a row', async () => {
  assert.deepEqual(await actionsOf('reports', ['actions.ts'], []), Object.keys(reporting).sort())
})
