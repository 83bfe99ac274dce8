// The endpoints of reports: an authority's own system tells people of what it decided (NTF-2 to NTF-5).
import { z } from 'zod'
import { noticeText, type Catalogue } from '../notifications/notice.ts'
import { endpoint, type Endpoint } from '../people/endpoint.ts'
import { cursorOf, dateShape, idShape, instantShape, isoInstant, isoInstantOrNull, listShape, placeOf, placeShape } from '../platform/api.ts'
import type { Locale } from '../ui/locale.ts'
import { report, toldReport, toldReports } from './actions.ts'
import { longest, mostRecipients, reportKinds } from './report.ts'
import type { Report } from './store.ts'

const kindShape = z.enum(reportKinds).meta({
  description: 'An opinion on inspection of building operation goes to all who hold the building of the case; everything else to those who are named.',
  examples: ['PERMIT_ISSUED'],
})

const body = z.strictObject({
  kind: kindShape,
  number: z.string().max(longest.number).meta({ description: 'The document’s own number.', examples: ['BA-2026-117'] }),
  date: dateShape.meta({ description: 'The day of the decision, not later than today; of `INSTRUCTION_DEADLINE` and `POA_EXPIRING` the day on which the term ends, not earlier.', examples: ['2026-11-20'] }),
  about: z.string().max(longest.about).default('').meta({ description: 'What it is about; empty: the address of the case’s building.', examples: ['garāžas jaunbūve, Ķiršu iela 12A, Cēsis'] }),
  note: z.string().max(longest.note).default('').meta({ description: 'What else the notice shall say, such as how to contest the decision.', examples: [''] }),
  caseNumber: z.string().nullable().default(null).meta({ description: 'An operation case that it belongs to; mandatory for an opinion.', examples: ['EL-00118'] }),
  recipients: z
    .array(
      z.strictObject({
        code: z.string().meta({ description: 'A personal code or registration number.', examples: ['32000000000'] }),
        name: z.string().default('').meta({ description: 'Of somebody who is not registered yet: with it they are. Of somebody who is: it must agree.', examples: ['Anna Kalniņa'] }),
      }),
    )
    .max(mostRecipients)
    .default([])
    .meta({ description: 'Whom to tell, 1 to 50; none for an opinion.' }),
})

const toldShape = z.object({ id: z.int() }).meta({ id: 'ReportTold' })

const reportShape = z
  .object({
    id: z.int(),
    kind: z.enum(reportKinds),
    title: z.string(),
    about: z.string(),
    description: z.string(),
    createdAt: instantShape,
    recipients: z.int().meta({ description: 'To how many it went.' }),
    read: z.int().meta({ description: 'How many of them have read it.' }),
  })
  .meta({ id: 'Report' })

const recipientShape = z.object({ kind: z.enum(['person', 'organisation']), name: z.string(), readAt: instantShape.nullable() })
const wholeShape = reportShape.extend({ to: z.array(recipientShape) }).meta({ id: 'ReportWithRecipients' })

const shown = (catalogue: Catalogue, locale: Locale, one: Report) => ({
  id: one.id, kind: one.kind, ...noticeText(catalogue, locale, one), createdAt: isoInstant(one.createdAt), recipients: one.recipients, read: one.read,
})

export const reportEndpoints = (catalogue: Catalogue): readonly Endpoint[] => [
  endpoint({
    name: 'report', method: 'POST', path: '/reports', group: 'Reports', summary: 'Tell people of an authority’s decision or deadline',
    description: 'For whoever acts for an authority that the installation names. Each recipient finds it in the inbox of the profile and gets it by every channel that it may use.',
    body, status: 201, returns: toldShape, refuses: ['forbidden', 'conflict'],
    answer: ({ ctx, body: { caseNumber, ...draft } }) => report(ctx, { ...draft, caseNumber: caseNumber ?? '' }),
    show: ({ id }) => ({ id }),
    location: ({ id }) => `/reports/${id}`,
  }),
  endpoint({
    name: 'listReports', method: 'GET', path: '/reports', group: 'Reports', summary: 'List what the authority has told',
    description: 'The latest first.', query: z.strictObject(placeShape), status: 200, returns: listShape(reportShape), refuses: ['forbidden'],
    answer: ({ ctx, query: { cursor, limit } }) => toldReports(ctx, { before: placeOf(cursor), limit }),
    show: ({ reports, next }, { ctx }) => ({ items: reports.map((one) => shown(catalogue, ctx.locale, one)), next: cursorOf(next) }),
  }),
  endpoint({
    name: 'showReport', method: 'GET', path: '/reports/{id}', group: 'Reports', summary: 'Show a report and who has read it',
    params: z.object({ id: idShape }), status: 200, returns: wholeShape, refuses: ['forbidden'],
    answer: ({ ctx, params: { id } }) => toldReport(ctx, id),
    show: ({ report: one, recipients }, { ctx }) => ({
      ...shown(catalogue, ctx.locale, one),
      to: recipients.map(({ kind, name, readAt }) => ({ kind, name, readAt: isoInstantOrNull(readAt) })),
    }),
  }),
]
