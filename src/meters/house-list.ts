// What is due of the meters in houses, for the lists of house cases and a house's front page (DOMAIN 3.5, A-41).
import { sql } from 'kysely'
import type { ComingOf, DueInHouse } from '../cases/coming.ts'
import { addDays, type PlainDate } from '../kernel/date.ts'
import type { Reader } from '../platform/database.ts'
import { html } from '../ui/html.ts'
import { teller, type View } from '../ui/view.ts'
import { soonDays, tag } from './meter-view.ts'
import { roundPath } from './round-view.ts'

type Due = { caseId: number; late: number; soon: number; over: number; nextOn: PlainDate }

/** Of houses with active meters: how many readings are late or due soon, how many validity terms are over, and the next due date. */
const dueInHouses = (db: Reader, caseIds: readonly number[], today: PlainDate): Promise<Due[]> =>
  db
    .selectFrom('meter')
    .select('case_id as caseId')
    .select(sql<number>`count(*) filter (where reading_due_on < ${today})::int`.as('late'))
    .select(sql<number>`count(*) filter (where reading_due_on between ${today} and ${addDays(today, soonDays)})::int`.as('soon'))
    .select(sql<number>`count(*) filter (where valid_until < ${today})::int`.as('over'))
    .select(sql<PlainDate>`min(reading_due_on)`.as('nextOn'))
    .where('case_id', 'in', caseIds)
    .where('status', '=', 'ACTIVE')
    .where('deleted_at', 'is', null)
    .groupBy('case_id')
    .execute()

function readingTags(view: View, { late, soon }: Due) {
  const { t } = teller(view)
  return [late > 0 && tag('overdue', t('house.readings-late', { count: late })), soon > 0 && tag('soon', t('house.readings-soon', { count: soon }))].filter((one) => one !== false)
}

function dueWords(view: View, due: Due) {
  const { t, short } = teller(view)
  const { over, nextOn } = due
  const tags = [...readingTags(view, due), ...(over > 0 ? [tag('overdue', t('house.validity-over', { count: over }))] : [])]
  return html`<span class="house-due">${tags.length > 0 ? tags : html`<small>${t('meter.reading-by', { date: short(nextOn) })}</small>`}</span>`
}

export const dueInHouseCases: ComingOf = async ({ ctx, view }, caseIds) =>
  new Map((caseIds.length === 0 ? [] : await dueInHouses(ctx.db, caseIds, ctx.today)).map((due) => [due.caseId, dueWords(view, due)]))

export const readingsDueInHouse: DueInHouse = async ({ ctx, view }, file) => {
  const [due] = await dueInHouses(ctx.db, [file.id], ctx.today)
  const tags = due ? readingTags(view, due) : []
  return tags.length === 0 ? null : html`<p class="govuk-body house-due">${tags} <a href="${roundPath(file)}">${teller(view).t('round.title')}</a></p>`
}
