// The rule of DOMAIN 13.1, applied one type at a time in memory, against the sweep's SQL: the same random calendars, and no difference.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { calendarPlan, type BuildingPlan, type ChangePlan, type InspectionPlan, type MorningPlan, type Validity } from '../../test/calendars.ts'
import { date, openWorld, type World } from '../../test/world.ts'
import type { Holder, Parties } from '../buildings/building.ts'
import { addDays, type PlainDate } from '../kernel/date.ts'
import { isoPeriod, minusReminder, plusPeriod, type Period, type Reminder } from '../kernel/period.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Party } from '../people/actor.ts'
import { writing, type Writer } from '../platform/database.ts'
import { addInspectionType, annulInspection, editInspectionType, recordInspection, removeInspectionType } from './actions.ts'
import { lastPerformedOn, type Inspection } from './inspection.ts'
import { isSystemType, nameKeys, nextOn, recipientsOf, reminderDue, remindOn, sameName, type TypeSetting } from './inspection-type.ts'
import { sweep } from './sweep.ts'
import type { Notice } from './sweep-sql.ts'

type ModelType = TypeSetting & { id: number; lastNotifiedOn: PlainDate | null; isRemoved: boolean }
type ModelBuilding = { designation: string; number: string; caseId: number; plan: BuildingPlan; types: ModelType[]; inspections: Inspection[] }
/** `entries`: what must lie in the inboxes in the end, and which of it goes by e-mail. */
type Model = { parties: Party[]; owner: Party; emailed: Party[]; buildings: ModelBuilding[]; entries: string[] }

const isValid = (day: PlainDate) => (validity: Validity) => validity.from <= day && (validity.to === null || validity.to >= day)

/** What `partiesOf` says, from the plan. */
function partiesOn({ plan }: ModelBuilding, { parties, owner }: Model, day: PlainDate): Parties {
  const party = (place: number) => parties[place]!
  const held: Holder[] = plan.isChanged
    ? [{ party: owner, right: 'owner', premises: '', from: date('2000-01-01'), to: null }]
    : plan.holders.map(({ party: place, ...holder }) => ({ ...holder, party: party(place) }))
  const managers = plan.managers.filter(isValid(day))
  return {
    holders: held.filter(isValid(day)),
    managers: managers.map((manager) => party(manager.party)),
    responsible: managers.flatMap((manager) => manager.responsible.filter(isValid(day)).map(({ person }) => party(person))),
  }
}

/** DOMAIN 13.1, literally. */
function notices(model: Model, today: PlainDate): { lines: Notice[]; told: ModelType[]; unaddressed: number } {
  const [lines, told]: [Notice[], ModelType[]] = [[], []]
  let unaddressed = 0
  for (const building of model.buildings)
    for (const type of building.types.filter((type) => !type.isRemoved)) {
      const next = nextOn(type, lastPerformedOn(type, building.inspections, today))
      const remind = remindOn(type, next)
      if (remind === null || !reminderDue({ remindOn: remind, lastNotifiedOn: type.lastNotifiedOn }, today)) continue
      const { to, recipients } = recipientsOf(partiesOn(building, model, today))
      if (recipients.length === 0) unaddressed++
      else {
        const whom = new Map(recipients.map(({ kind, code }) => [code, { kind, code }]))
        lines.push({ building: building.designation, type: type.type, label: type.label, nextOn: next, remindOn: remind, to, recipients: [...whom.values()] })
        told.push(type)
      }
    }
  return { lines, told, unaddressed }
}

const sorted = (lines: Notice[]) =>
  lines
    .map((line) => ({ ...line, recipients: line.recipients.toSorted((a, b) => (a.code < b.code ? -1 : 1)) }))
    .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))

const validityRow = ({ from, to }: Validity) => ({ valid_from: from, valid_to: to })

/** The dates are kept by the database's own arithmetic, as an import does it. */
const keepDates = (tx: Writer, today: PlainDate) => sql`
  update inspection_type type set last_performed_on = last.on_day, next_on = next.on_day, remind_on = remind.on_day
  from inspection_type own, lateral (select last_performed(own.case_id, own.type_key, own.label_key, ${today}::date) as on_day) last,
    lateral (select coalesce(plus_period(last.on_day, own.period_value, own.period_unit), own.first_on) as on_day) next,
    lateral (select minus_reminder(next.on_day, own.reminder_value, own.reminder_unit) as on_day) remind
  where (own.case_id, own.id) = (type.case_id, type.id) and type.deleted_at is null`.execute(tx)

async function storeBuilding(tx: Writer, plan: BuildingPlan, designation: string, { parties, owner }: Pick<Model, 'parties' | 'owner'>, now: Date): Promise<ModelBuilding> {
  const building = { designation, address: 'Ķiršu iela 1', main_use_code: '1122', main_use: 'Dzīvojamā māja', is_public: false }
  const { id: building_id } = await tx.insertInto('building').values(building).returning('id').executeTakeFirstOrThrow()
  const file = { kind: 'operation' as const, number: `EL-${building_id}`, building_id, property_number: null, property_kind: null, opened_at: now }
  const { id: caseId } = await tx.insertInto('case_file').values(file).returning('id').executeTakeFirstOrThrow()
  const flat = (premises: string) => premises && `${designation}00${premises}`
  const holders = plan.isChanged
    ? [{ building_id, premises: '', right: 'owner' as const, party_id: owner.id, valid_from: date('2000-01-01'), valid_to: null }]
    : plan.holders.map((holder) => ({ building_id, premises: flat(holder.premises), right: holder.right, party_id: parties[holder.party]!.id, ...validityRow(holder) }))
  if (holders.length) await tx.insertInto('holder').values(holders).execute()
  for (const manager of plan.managers) {
    const named = { building_id, manager_id: parties[manager.party]!.id, manager_from: manager.from }
    await tx.insertInto('manager').values({ building_id, party_id: named.manager_id, ...validityRow(manager) }).execute()
    const responsible = manager.responsible.map((days) => ({ ...named, person_id: parties[days.person]!.id, ...validityRow(days) }))
    if (responsible.length) await tx.insertInto('responsible').values(responsible).execute()
  }
  const types = await storeTypes(tx, caseId, plan.types)
  const inspections = await storeInspections(tx, caseId, plan.inspections)
  return { designation, number: file.number, caseId, plan, types, inspections }
}

async function storeTypes(tx: Writer, case_id: number, settings: TypeSetting[]): Promise<ModelType[]> {
  const rows = settings.map((setting) => ({
    case_id,
    ...nameKeys(setting),
    first_on: setting.firstOn,
    period_value: setting.period.value,
    period_unit: setting.period.unit,
    reminder_value: setting.reminder?.value ?? null,
    reminder_unit: setting.reminder?.unit ?? null,
    next_on: setting.firstOn,
    remind_on: setting.reminder && setting.firstOn,
  }))
  const ids = await tx.insertInto('inspection_type').values(rows).returning('id').execute()
  return settings.map((setting, i) => ({ ...setting, id: ids[i]!.id, lastNotifiedOn: null, isRemoved: false }))
}

async function storeInspections(tx: Writer, case_id: number, plans: InspectionPlan[]): Promise<Inspection[]> {
  if (plans.length === 0) return []
  const rows = plans.map(({ type, label, performedOn, periodic, status }, i) => ({
    case_id,
    ...nameKeys({ type, label }),
    performed_on: performedOn,
    periodic,
    status,
    number: `A-${i}`,
  }))
  const ids = await tx.insertInto('inspection').values(rows).returning('id').execute()
  return plans.map((plan, i) => ({ ...plan, caseId: case_id, id: ids[i]!.id, number: `A-${i}` }))
}

const around = <T>(list: readonly T[], place: number): T | undefined => list[place % list.length]
const draftOf = ({ type, label, firstOn, period, reminder }: TypeSetting) => ({
  type,
  label,
  firstOn,
  every: isoPeriod(period),
  remindBefore: reminder ? isoPeriod(reminder) : '',
  justification: 'Tā vajag',
})

/** Does through the door what is planned, and to the model what the door let through. */
async function make(world: World, model: Model, change: ChangePlan, today: PlainDate, number: string): Promise<void> {
  const building = around(model.buildings.filter(({ plan }) => plan.isChanged), change.building)
  if (!building) return
  const ctx = { ...world.as(model.owner), today }
  const type = around(building.types.filter((type) => !type.isRemoved), change.item)
  const { period, reminder } = change
  if (change.kind === 'add') {
    const setting = { ...change.name, firstOn: addDays(today, 1 + change.days), period, reminder }
    const added = await addInspectionType(ctx, building.number, draftOf(setting))
    building.types.push({ ...setting, type: added.type, label: added.label, id: added.id, lastNotifiedOn: null, isRemoved: false })
  } else if (change.kind === 'edit' && type) {
    await editInspectionType(ctx, building.number, type.id, draftOf({ ...type, period, reminder }))
    Object.assign(type, { period, reminder })
  } else if (change.kind === 'rename' && type) {
    const from = { type: type.type, label: type.label }
    const to = isSystemType(type.type) ? { type: type.type, label: `${type.label}${change.days}` } : { type: `Jumts ${change.days}`, label: type.label }
    await editInspectionType(ctx, building.number, type.id, draftOf({ ...type, ...to }))
    for (const done of building.inspections.filter((done) => sameName(done, from))) Object.assign(done, to)
    Object.assign(type, to)
  } else if (change.kind === 'remove' && type) {
    await removeInspectionType(ctx, building.number, type.id, 'Vairs nav vajadzīga')
    type.isRemoved = true
  } else if (change.kind === 'record') {
    const done = { ...change.name, performedOn: addDays(today, -change.days), periodic: change.periodic, number, justification: '' }
    building.inspections.push(await recordInspection(ctx, building.number, done))
  } else if (change.kind === 'annul') {
    const done = around(building.inspections, change.item)
    if (done) await annulInspection(ctx, building.number, done.id, 'Kļūda')
    if (done) done.status = 'annulled'
  }
}

/** What the door refuses leaves all as it was. */
const tryToMake = (...change: Parameters<typeof make>) =>
  make(...change).catch((error: unknown) => assert(error instanceof Refusal, error as Error))

async function compare(world: World, model: Model, today: PlainDate, asOf: PlainDate, dryRun: boolean): Promise<void> {
  const expected = notices(model, asOf)
  const lines: Notice[] = []
  const result = await sweep(world.system(today), { asOf, dryRun, onNotices: (some) => lines.push(...some) })
  assert.deepEqual(sorted(lines), sorted(expected.lines), `on ${today} as of ${asOf}`)
  assert.deepEqual([result.told, result.unaddressed], [expected.lines.length, expected.unaddressed])
  if (dryRun) return
  for (const type of expected.told) type.lastNotifiedOn = asOf
  const isEmailed = (code: string) => model.emailed.some((party) => party.code === code)
  for (const { building, remindOn, recipients } of expected.lines)
    for (const { code } of recipients) model.entries.push([building, remindOn, asOf, code, isEmailed(code) ? 'e-mail' : ''].join(' '))
}

async function compareInboxes(world: World, { buildings, entries }: Model): Promise<void> {
  const rows = await world.db
    .selectFrom('inbox_entry as entry')
    .innerJoin('notice', (join) => join.onRef('notice.id', '=', 'entry.notice_id').onRef('notice.case_id', '=', 'entry.case_id'))
    .innerJoin('party', 'party.id', 'entry.party_id')
    .leftJoin('delivery', (join) => join.onRef('delivery.notice_id', '=', 'entry.notice_id').onRef('delivery.party_id', '=', 'entry.party_id'))
    .select(['entry.case_id', 'notice.remind_on', 'notice.created_on', 'party.code', 'delivery.channel'])
    .where('entry.case_id', 'in', buildings.map(({ caseId }) => caseId))
    .execute()
  const designations = new Map(buildings.map(({ caseId, designation }) => [caseId, designation]))
  const kept = rows.map((row) => [designations.get(row.case_id), row.remind_on, row.created_on, row.code, row.channel ? 'e-mail' : ''].join(' '))
  assert.deepEqual(kept.toSorted(), entries.toSorted())
}

async function live(world: World, model: Model, start: PlainDate, mornings: MorningPlan[]): Promise<void> {
  let today = start
  let number = 0
  for (const morning of mornings) {
    today = addDays(today, morning.after)
    for (const change of morning.changes) await tryToMake(world, model, change, today, `B-${number++}`)
    const days = [addDays(today, -morning.back), today].slice(morning.back > 0 ? 0 : 1)
    for (const asOf of days) {
      if (morning.isDry) await compare(world, model, today, asOf, true)
      await compare(world, model, today, asOf, false)
      await compare(world, model, today, asOf, true)
    }
  }
  await compareInboxes(world, model)
}

test('the sweep tells exactly what the rule says, on any calendar, whatever changes and however many days are missed', async () => {
  const world = await openWorld()
  const persons = await Promise.all(['Anna', 'Jānis', 'Ilze', 'Pēteris', 'Līga'].map((name) => world.person(`${name} Kalna`)))
  const organisations = await Promise.all(['SIA Nams', 'SIA Pārvaldnieks', 'Rīgas dome'].map((name) => world.organisation(name)))
  const emailed = await Promise.all([world.person('Rita Liepa', 'rita@example.test'), world.organisation('SIA Ķieģelis', 'birojs@example.test')])
  const owner = await world.person('Zane Ozola')
  const parties = [...persons, emailed[0], emailed[1], ...organisations]
  let designations = 20000000000000
  const plans = calendarPlan({ parties: parties.length, persons: persons.length + 1, buildings: 60, mornings: 12, changes: 5 })
  const alive = fc.asyncProperty(plans, async ({ start, buildings: planned, mornings }) => {
    const buildings: ModelBuilding[] = []
    await writing(world.db, async (tx) => {
      await tx.updateTable('inspection_type').set({ deleted_at: world.now }).where('deleted_at', 'is', null).execute()
      for (const plan of planned) buildings.push(await storeBuilding(tx, plan, String(designations++), { parties, owner }, world.now))
      await keepDates(tx, start)
    })
    await live(world, { parties, owner, emailed, buildings, entries: [] }, start, mornings)
  })
  await fc.assert(alive, { numRuns: 15, interruptAfterTimeLimit: 30_000 })
})

test('the database adds periods and subtracts reminders as the calendar rule does (A-21)', async () => {
  const world = await openWorld()
  const anchor = fc.integer({ min: 0, max: 146_000 }).map((days) => addDays(date('1800-01-01'), days))
  const period: fc.Arbitrary<Period> = fc.record({ value: fc.integer({ min: 1, max: 1200 }), unit: fc.constantFrom('MONTH', 'YEAR') })
  const reminder: fc.Arbitrary<Reminder> = fc.record({ value: fc.integer({ min: 0, max: 1200 }), unit: fc.constantFrom('DAY', 'MONTH') })
  const monthEnds = fc.sample(anchor, 500).map((day) => addDays(date(`${day.slice(0, 7)}-01`), -1))
  const days = [...fc.sample(anchor, 3500), ...monthEnds]
  const cases = days.map((day, i) => ({ day, period: fc.sample(period, { numRuns: 1, seed: i })[0]!, reminder: fc.sample(reminder, { numRuns: 1, seed: i })[0]! }))
  const column = <T>(of: (row: (typeof cases)[number]) => T) => cases.map(of)
  const { rows } = await sql<{ plus: string; minus: string }>`
    select plus_period(day, period, period_unit)::text as plus, minus_reminder(day, reminder, reminder_unit)::text as minus
    from unnest(${column(({ day }) => day)}::date[], ${column(({ period }) => period.value)}::int[], ${column(({ period }) => period.unit)}::text[],
      ${column(({ reminder }) => reminder.value)}::int[], ${column(({ reminder }) => reminder.unit)}::text[])
      as row (day, period, period_unit, reminder, reminder_unit)`.execute(world.db as Writer)
  assert.deepEqual(
    rows,
    cases.map(({ day, period, reminder }) => ({ plus: plusPeriod(day, period), minus: minusReminder(day, reminder) })),
  )
})
