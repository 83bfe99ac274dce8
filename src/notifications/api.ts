// The endpoints of the inbox, and notices as the API shows them.
import { z } from 'zod'
import { endpoint, type Endpoint } from '../people/endpoint.ts'
import type { Locale } from '../ui/locale.ts'
import { cursorOf, dateShape, idShape, instantShape, isoInstantOrNull, listShape, placeShape } from '../platform/api.ts'
import { inbox, inboxFilterOf, inboxNotice, markUnread, openNotice } from './inbox.ts'
import { noticeKinds } from './notice-types.ts'
import { noticeText, type Catalogue, type InboxNotice, type Notice, type Reading } from './notice.ts'

export const readingShape = z.object({
  readAt: instantShape.nullable(),
  readBy: z.string().nullable().meta({ description: 'The name of the person who read it for the profile.' }),
})

/** What every list shows of a notice, in the reader's language. */
export const noticeShape = z.object({
  id: z.int(),
  kind: z.enum(noticeKinds),
  title: z.string(),
  about: z.string().meta({ description: 'The address of the building, or what else it is about.' }),
  description: z.string(),
  caseNumber: z.string().nullable(),
  createdOn: dateShape,
  remindOn: dateShape.nullable().meta({ description: 'The reminder date that it was made for.' }),
  addressed: z.enum(['responsible', 'manager', 'holders', 'named']),
})

const inboxNoticeShape = noticeShape.extend(readingShape.shape).meta({ id: 'Notice' })
const inboxShape = listShape(inboxNoticeShape).extend({ unread: z.int().meta({ description: 'How many of all notices are unread.' }) })

export const shownReading = ({ readAt, readBy }: Reading) => ({ readAt: isoInstantOrNull(readAt), readBy })

export const shownNotice = (catalogue: Catalogue, locale: Locale, notice: Notice) => ({
  id: notice.id,
  kind: notice.kind,
  ...noticeText(catalogue, locale, notice),
  caseNumber: notice.data['caseNumber'] ?? null,
  createdOn: notice.createdOn,
  remindOn: notice.remindOn,
  addressed: notice.addressed,
})

const filter = z.strictObject({
  unread: z.enum(['true', 'false']).optional().meta({ description: 'Only unread or only read notices.' }),
  from: dateShape.optional().meta({ description: 'First day of creation.' }),
  to: dateShape.optional().meta({ description: 'Last day of creation.' }),
  ...placeShape,
})

const params = z.object({ id: idShape })
const states = { true: 'unread', false: 'read' } as const

export function noticeEndpoints(catalogue: Catalogue): readonly Endpoint[] {
  const show = (notice: InboxNotice, { ctx }: { ctx: { locale: Locale } }) => ({
    ...shownNotice(catalogue, ctx.locale, notice),
    ...shownReading(notice),
  })
  return [
    endpoint({
      name: 'listNotices',
      method: 'GET',
      path: '/notices',
      group: 'Notices',
      summary: 'List the notices of the profile',
      description: 'The latest told first. Their texts are in the language of `Accept-Language`.',
      query: filter,
      status: 200,
      returns: inboxShape,
      answer: ({ ctx, query: { unread, from, to, cursor, limit } }) =>
        inbox(ctx, inboxFilterOf({ state: unread && states[unread], from, to, after: cursor }), limit),
      show: ({ notices, next, unread }, request) => ({
        items: notices.map((notice) => show(notice, request)),
        next: cursorOf(next),
        unread,
      }),
    }),
    endpoint({
      name: 'showNotice',
      method: 'GET',
      path: '/notices/{id}',
      group: 'Notices',
      summary: 'Show a notice',
      description: 'Leaves it unread: a program says itself that it was read.',
      params,
      status: 200,
      returns: inboxNoticeShape,
      answer: ({ ctx, params: { id } }) => inboxNotice(ctx, id),
      show,
    }),
    endpoint({
      name: 'markNoticeRead',
      method: 'PUT',
      path: '/notices/{id}/read',
      group: 'Notices',
      summary: 'Mark a notice as read',
      description: 'The first reading counts: marking it again changes nothing.',
      params,
      status: 200,
      returns: inboxNoticeShape,
      answer: ({ ctx, params: { id } }) => openNotice(ctx, id),
      show,
    }),
    endpoint({
      name: 'markNoticeUnread',
      method: 'DELETE',
      path: '/notices/{id}/read',
      group: 'Notices',
      summary: 'Mark a notice as unread',
      params,
      status: 204,
      answer: ({ ctx, params: { id } }) => markUnread(ctx, id),
      show: () => undefined,
    }),
  ]
}
