// Who may tell people something, as one table: persona × action → allowed, missing or forbidden. An action without a row fails.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as messages from '../src/messages/message-actions.ts'
import * as reading from '../src/messages/reading.ts'
import * as templates from '../src/messages/template-actions.ts'
import * as reports from '../src/reports/actions.ts'
import { actsAlone } from '../src/people/actor.ts'
import * as announcements from '../src/support/actions.ts'
import { followAnnouncements } from '../src/support/following.ts'
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
  const as: Record<string, PersonContext> = { ...Object.fromEntries(Object.entries(own).map(([name, ctx]) => [name, configured(ctx)])), 'a clerk of an authority': acting }
  return { ...built, as, acting }
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

const text = { subject: 'Ūdens', body: 'Rīt no 9' }
const nowhere = { all: false, manager: false, parties: [] }

/** A template and a draft of whoever may write; else none. */
const own = (work: Promise<{ id: number }>) => work.then(({ id }) => id, () => 0)
let serial = 0
const aTemplate = (ctx: PersonContext, house: string) => own(templates.saveTemplate(ctx, house, { name: `S${serial++}`, ...text }))
const aDraft = (ctx: PersonContext, house: string) => own(messages.saveDraft(ctx, house, { ...text, ...nowhere }))

/** To somebody whom the persona reaches. */
async function reached(ctx: PersonContext, house: string) {
  const { people } = await messages.openWriting(ctx, house)
  return { ...text, all: false, manager: people.management.length > 0, parties: people.owners.slice(0, 1).map(({ id }) => id) }
}

type Try = (ctx: PersonContext, house: string) => Promise<unknown>

const looking: Record<string, Try> = {
  sentMessages: (ctx, house) => reading.sentMessages(ctx, house),
  receivedMessages: (ctx, house) => reading.receivedMessages(ctx, house),
}

const writing: Record<string, Try> = {
  openWriting: (ctx, house) => messages.openWriting(ctx, house),
  sendMessage: async (ctx, house) => messages.sendMessage(ctx, house, await reached(ctx, house)),
  saveDraft: (ctx, house) => messages.saveDraft(ctx, house, { ...text, ...nowhere }),
  removeDraft: async (ctx, house) => messages.removeDraft(ctx, house, await aDraft(ctx, house)),
  ownTemplates: (ctx, house) => templates.ownTemplates(ctx, house),
  ownTemplate: async (ctx, house) => templates.ownTemplate(ctx, house, await aTemplate(ctx, house)),
  saveTemplate: (ctx, house) => templates.saveTemplate(ctx, house, { name: `S${serial++}`, ...text }),
  removeTemplate: async (ctx, house) => templates.removeTemplate(ctx, house, await aTemplate(ctx, house)),
}

/** What one wrote oneself is seen for as long as the house is. */
const seeingOwn: Record<string, Try> = { sentMessage: async (ctx, house) => reading.sentMessage(ctx, house, await aDraft(ctx, house)) }

type Row = [persona: string, house: 'villa' | 'flats' | 'office', look: Outcome, write: Outcome]

const rows: Row[] = [
  ['the only owner', 'villa', 'allowed', 'allowed'],
  ['a possessor beside an owner', 'villa', 'allowed', 'allowed'],
  ['the owner of a flat', 'flats', 'allowed', 'allowed'],
  ['an owner of half a flat', 'flats', 'allowed', 'allowed'],
  ['the manager', 'flats', 'allowed', 'allowed'],
  ['the responsible person', 'flats', 'allowed', 'allowed'],
  ['a joint representative', 'office', 'allowed', 'forbidden'],
  ['a representative in the own profile', 'office', 'missing', 'missing'],
  ['a stranger', 'flats', 'missing', 'missing'],
  ['a clerk of an authority', 'flats', 'missing', 'missing'],
]

test('each persona may write and read in a house what the table says', async () => {
  const { as, houses } = await worldWithAuthority()
  const expected: Record<string, Outcome> = {}
  const found: Record<string, unknown> = {}
  for (const [persona, house, look, write] of rows)
    for (const [tries, may] of [[looking, look], [writing, write], [seeingOwn, write === 'allowed' ? look : 'missing']] as const)
      for (const [name, attempt] of Object.entries(tries)) {
        expected[`${persona}, ${house}: ${name}`] = may
        found[`${persona}, ${house}: ${name}`] = await outcome(attempt(as[persona]!, houses[house].number))
      }
  assert.deepEqual(found, expected)
})

test('what another wrote is missing, and only the manager’s side writes to all', async () => {
  const { as, houses } = await worldWithAuthority()
  const [owner, other, manager] = [as['the owner of a flat']!, as['an owner of half a flat']!, as['the manager']!]
  const { number } = houses.flats
  const [draft, kept] = [await aDraft(owner, number), await aTemplate(owner, number)]
  const attempts = [
    () => reading.sentMessage(other, number, draft),
    () => messages.removeDraft(other, number, draft),
    () => messages.saveDraft(other, number, { ...text, ...nowhere }, draft),
    async () => messages.sendMessage(other, number, await reached(other, number), draft),
    () => templates.ownTemplate(other, number, kept),
    () => templates.saveTemplate(other, number, { name: 'Cita', ...text }, kept),
    () => templates.removeTemplate(other, number, kept),
  ]
  assert.deepEqual(await Promise.all(attempts.map((attempt) => outcome(attempt()))), attempts.map(() => 'missing'))
  const toAll = { ...text, all: true, manager: false, parties: [] }
  assert.deepEqual([await outcome(messages.sendMessage(owner, number, toAll)), await outcome(messages.sendMessage(manager, number, toAll))], ['invalid', 'allowed'])
})

test('no action of telling is without a row', async () => {
  assert.deepEqual(await actionsOf('reports', ['actions.ts'], []), Object.keys(reporting).sort())
  const tried = [looking, writing, seeingOwn].flatMap((tries) => Object.keys(tries))
  assert.deepEqual(await actionsOf('messages', ['reading.ts'], ['answered', 'fileOwner']), tried.sort())
})

const notice = { category: 'general', audience: 'everyone', isUrgent: false, titleLv: 'Ziņa', titleEn: 'News', textLv: 'Teksts', textEn: 'Text', startsOn: '2026-11-24', fromTime: '20:00', endsOn: '2026-11-24', toTime: '22:00', weekdays: [], leadHours: '24' }

const announcing: Record<string, (ctx: PersonContext, id: number) => Promise<unknown>> = {
  announcementFor: (ctx, id) => announcements.announcementFor(ctx, id),
  cancelAnnouncement: (ctx, id) => announcements.cancelAnnouncement(ctx, id),
  changeAnnouncement: (ctx, id) => announcements.changeAnnouncement(ctx, id, { ...notice, titleEn: 'Other news', revision: 1 }),
  draftAnnouncement: (ctx) => announcements.draftAnnouncement(ctx, notice),
  followAnnouncements: (ctx) => followAnnouncements(ctx, true),
  publishAnnouncement: (ctx, id) => announcements.publishAnnouncement(ctx, id),
}

test('only operators announce, and whoever binds a profile alone is told of it', async () => {
  const { as, acting } = await worldWithAuthority()
  const operator: PersonContext = { ...acting, actor: { ...acting.actor, operator: true } }
  const expected: Record<string, Outcome> = {}
  const found: Record<string, unknown> = {}
  for (const [persona, ctx] of Object.entries({ ...as, 'an operator': operator }))
    for (const [name, attempt] of Object.entries(announcing)) {
      const id = await announcements.draftAnnouncement(operator, notice)
      const may = name === 'followAnnouncements' ? actsAlone(ctx.actor) : persona === 'an operator'
      expected[`${persona}: ${name}`] = may ? 'allowed' : name === 'announcementFor' ? 'missing' : 'forbidden'
      found[`${persona}: ${name}`] = await outcome(attempt(ctx, id))
    }
  assert.deepEqual(found, expected)
})

test('no action of announcing is without a row', async () => {
  // Who is no operator is told of no drafts, and refused nothing. Following is one's own; telling is a part of publishing.
  assert.deepEqual(await actionsOf('support', ['actions.ts', 'following.ts'], ['draftsFor', 'following', 'tellFollowers']), Object.keys(announcing).sort())
})
