// A notice: what somebody is told, the entry it leaves in an inbox, and the catalogue that puts each kind into words.
import type { PlainDate } from '../kernel/date.ts'
import type { Attachment } from '../attachments/attachment.ts'
import type { Locale } from '../ui/locale.ts'
import type { Reader } from '../platform/database.ts'
import type { NoticeKind } from './notice-types.ts'
import type { DeliveryState } from './tables.ts'

/** The case of what is about no case, such as a building permit. */
export const noCase = 0

/** What was true when the notice was told; it reads the same after names and dates have changed (INS-6, INS-7). */
export type NoticeData = Record<string, string | null>

export type Notice = {
  id: number
  caseId: number
  kind: NoticeKind
  remindOn: PlainDate | null
  addressed: 'responsible' | 'manager' | 'holders' | 'named'
  data: NoticeData
  createdOn: PlainDate
}

/** When a profile's entry was read, and which person read it; both null while it is unread. */
export type Reading = { readAt: Date | null; readBy: string | null }

export type InboxNotice = Notice & Reading

/** Somebody a notice is addressed to. `email` null: there was no verified address. */
export type Recipient = Reading & {
  kind: 'person' | 'organisation'
  name: string
  email: { state: DeliveryState; sentAt: Date | null } | null
}

/** `about`: the address of what the notice is about. */
export type NoticeText = { title: string; about: string; description: string }

type Told = Pick<Notice, 'kind' | 'data' | 'createdOn'>

/** A notice whose cause is asked again before it is sent. */
export type Asked = Pick<Notice, 'id' | 'caseId' | 'data'> & { subjectId: number }

/** What a kind is called in lists, how one of its notices reads, and where its cause can end: the ids of those whose cause is gone. */
export type KindTexts = {
  name: (locale: Locale) => string
  text: (locale: Locale, notice: Told) => NoticeText
  /** Where whoever got it may answer. */
  answerAt?: (notice: Notice) => string
  /** What a mail of it says besides: that the page has more than the mail. */
  onlyOnPage?: (locale: Locale, notice: Told) => string | null
  /** What is attached to it, shown and opened on its page. */
  files?: (db: Reader, notice: Pick<Notice, 'id' | 'caseId'>) => Promise<Attachment[]>
  gone?: (db: Reader, notices: readonly Asked[]) => Promise<ReadonlySet<number>>
}

/** The words of every kind, given by the capabilities that tell them and put together by the program. */
export type Catalogue = Record<NoticeKind, KindTexts>

export const noticeText = <K extends NoticeKind>(catalogue: Pick<Catalogue, K>, locale: Locale, notice: Told & { kind: K }): NoticeText =>
  catalogue[notice.kind].text(locale, notice)

/** Where a notice is opened. */
export const noticePath = ({ id }: Pick<Notice, 'id'>): string => `/notices/${id}`
