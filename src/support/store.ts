// The SQL of announcements: rows in, values out.
import type { Selectable } from 'kysely'
import type { Reader, Tables, Writer } from '../platform/database.ts'
import { statement } from '../platform/statement.ts'
import type { Announced, Announcement, Audience } from './announcement.ts'

type Row = Selectable<Tables['announcement']>

const announcementOf = (row: Row): Announcement => ({
  id: row.id,
  category: row.category,
  audience: row.audience,
  isUrgent: row.is_urgent,
  title: { lv: row.title_lv, en: row.title_en },
  text: { lv: row.text_lv, en: row.text_en },
  startsOn: row.starts_on,
  fromTime: row.from_time,
  endsOn: row.ends_on,
  toTime: row.to_time,
  weekdays: row.weekdays,
  leadHours: row.lead_hours,
  overAt: row.over_at,
  publishedAt: row.published_at,
  changedAt: row.changed_at,
  cancelledAt: row.cancelled_at,
  revision: row.revision,
})

export const columnsOf = ({ category, audience, isUrgent, title, text, startsOn, fromTime, endsOn, toTime, weekdays, leadHours }: Announced, overAt: Date) => ({
  category,
  audience,
  is_urgent: isUrgent,
  title_lv: title.lv,
  title_en: title.en,
  text_lv: text.lv,
  text_en: text.en,
  starts_on: startsOn,
  from_time: fromTime,
  ends_on: endsOn,
  to_time: toTime,
  weekdays: [...weekdays],
  lead_hours: leadHours,
  over_at: overAt,
})

const standing = statement((db: Reader, { now }: { now: Date }) =>
  db
    .selectFrom('announcement')
    .selectAll()
    .where('over_at', '>', now)
    .where('published_at', 'is not', null)
    .where('cancelled_at', 'is', null)
    .orderBy('starts_on')
    .orderBy('id'),
)

/** What readers of these audiences are told of each; the operators' drafts are never among them. */
export type Readers = readonly Audience[]

const isFor = (readers: Readers) => ({ audience }: Announcement) => readers.includes(audience)

/** Published, neither cancelled nor over. Every page asks it: one look into an index of just these. */
export const standingAt = async (db: Reader, now: Date, readers: Readers): Promise<Announcement[]> =>
  (await standing(db, { now })).map(announcementOf).filter(isFor(readers))

/** All that was ever published, the latest first, at most `limit`. */
export const published = async (db: Reader, readers: Readers, limit: number): Promise<Announcement[]> =>
  (
    await db
      .selectFrom('announcement')
      .selectAll()
      .where('published_at', 'is not', null)
      .where('audience', 'in', readers)
      .orderBy('published_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute()
  ).map(announcementOf)

/** What is not published yet, the latest first. */
export const drafts = async (db: Reader): Promise<Announcement[]> =>
  (await db.selectFrom('announcement').selectAll().where('published_at', 'is', null).where('cancelled_at', 'is', null).orderBy('id', 'desc').execute()).map(announcementOf)

export async function announcementById(db: Reader, id: number): Promise<Announcement | undefined> {
  const row = await db.selectFrom('announcement').selectAll().where('id', '=', id).executeTakeFirst()
  return row && announcementOf(row)
}

/** Locked until the transaction ends. */
export async function lockAnnouncement(tx: Writer, id: number): Promise<Announcement | undefined> {
  const row = await tx.selectFrom('announcement').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row && announcementOf(row)
}
