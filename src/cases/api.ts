// The endpoints of cases: their list, and what was told and done in one. What comes next in a case is told by inspections.
import { z } from 'zod'
import { caseEvents } from '../history/store.ts'
import { eventListShape, shownEvents } from '../history/api.ts'
import { readingShape, noticeShape, shownNotice, shownReading } from '../notifications/api.ts'
import type { Catalogue } from '../notifications/notice.ts'
import { endpoint, type Endpoint } from '../people/endpoint.ts'
import { cursorOf, dateShape, instantShape, isoInstantOrNull, listShape, pagingShape, placeOf, placeShape } from '../platform/api.ts'
import type { Listed } from './list-sql.ts'
import { visibleCases, visibleHouseCases, type CaseLine, type HouseLine } from './list.ts'
import { caseNotices } from './notices.ts'
import { caseKind, houseCase, operationCase } from './store.ts'

export const numberShape = z.string().meta({ description: 'The number of the case.', examples: ['EL-1'] })
export const caseNumberParams = z.object({ number: numberShape })

export const buildingFields = {
  designation: z.string().meta({ description: 'Cadastral designation of the building, 14 digits.', examples: ['01001240238001'] }),
  address: z.string().meta({ examples: ['Ķiršu iela 12, Cēsis'] }),
  mainUseCode: z.string().meta({ examples: ['1122'] }),
  mainUse: z.string().meta({ examples: ['Triju vai vairāku dzīvokļu mājas'] }),
  isPublic: z.boolean().meta({ description: 'Has the flag of a public building.' }),
}

export const propertyFields = {
  propertyNumber: z.string().meta({ description: 'Cadastre number of the property, 11 digits.' }),
  propertyKind: z.enum(['joint', 'apartments']),
}

const caseLineShape = z
  .object({
    kind: z.literal('operation'),
    number: numberShape,
    ...buildingFields,
    houseCase: z.string().nullable().meta({ description: 'The number of the house case that the building is in.' }),
    nextOn: dateShape.nullable().meta({ description: 'The earliest next date of its inspection types; in the past when overdue.' }),
  })
  .meta({ id: 'OperationCaseLine' })

const houseLineShape = z
  .object({
    kind: z.literal('house'),
    number: z.string(),
    ...propertyFields,
    addresses: z.array(z.string()),
    managers: z.array(z.string()),
    responsible: z.array(z.string()),
  })
  .meta({ id: 'HouseCaseLine' })

/** Which filters go with each kind. */
const filters = { operation: ['number', 'address', 'designation'], house: ['number', 'address', 'propertyNumber', 'manager'] } as const

const listQuery = z
  .strictObject({
    kind: z.enum(['operation', 'house']).default('operation').meta({ description: 'Operation cases of buildings, or house cases of properties.' }),
    number: z.string().optional().meta({ description: 'Part of the case’s number.' }),
    address: z.string().optional().meta({ description: 'Part of an address; case and diacritics do not matter.' }),
    designation: z.string().optional().meta({ description: 'Of operation cases: part of the building’s cadastral designation.' }),
    propertyNumber: z.string().optional().meta({ description: 'Of house cases: part of the property’s cadastre number.' }),
    manager: z.string().optional().meta({ description: 'Of house cases: part of a manager’s name.' }),
    ...pagingShape,
  })
  .superRefine(({ kind, ...query }, { addIssue }) => {
    const other = kind === 'house' ? 'operation' : 'house'
    const wrong = filters[other].filter((name) => !(filters[kind] as readonly string[]).includes(name) && query[name] !== undefined)
    for (const name of wrong) addIssue({ code: 'custom', path: [name], message: '', params: { code: 'not-of-this-kind' } })
  })

type Filter = z.output<typeof listQuery>

const given = ({ kind, cursor, limit, ...filter }: Filter) => ({
  ...(Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as Record<string, string>),
  ...(cursor !== undefined && { after: cursor }),
  limit,
})

const shownLine = (kind: Filter['kind']) => (line: CaseLine | HouseLine) => ({ kind, ...line }) as z.input<typeof caseLineShape | typeof houseLineShape>

const recipientShape = z.object({
  kind: z.enum(['person', 'organisation']),
  name: z.string(),
  ...readingShape.shape,
  email: z
    .object({ state: z.enum(['queued', 'sent', 'delivered', 'failed', 'cancelled']), sentAt: instantShape.nullable() })
    .nullable()
    .meta({ description: 'What became of the e-mail; null where there was no verified address.' }),
})

const caseNoticeShape = noticeShape
  .extend({
    own: readingShape.nullable().meta({ description: 'The reading of the active profile; null where it is not addressed.' }),
    recipients: z.array(recipientShape).nullable().meta({ description: 'To whom it went, for whoever may configure; else null.' }),
  })
  .meta({ id: 'CaseNotice' })

export const caseEndpoints = (catalogue: Catalogue): readonly Endpoint[] => [
  endpoint({
    name: 'listCases',
    method: 'GET',
    path: '/cases',
    group: 'Cases',
    summary: 'List the cases that the profile may see',
    description: 'By address, then number. Filters match parts of texts.',
    query: listQuery,
    status: 200,
    returns: listShape(z.discriminatedUnion('kind', [caseLineShape, houseLineShape])),
    answer: async ({ ctx, query }): Promise<Listed<CaseLine | HouseLine>> =>
      query.kind === 'house' ? visibleHouseCases(ctx, given(query)) : visibleCases(ctx, given(query)),
    show: ({ cases, next }, { query: { kind } }) => ({ items: cases.map(shownLine(kind)), next }),
  }),
  endpoint({
    name: 'listCaseNotices',
    method: 'GET',
    path: '/cases/{number}/notices',
    group: 'Notices',
    summary: 'List the notices of an operation case',
    description: 'Those addressed to the profile; whoever may configure the case’s inspection types sees every notice of an inspection due, and its recipients.',
    params: caseNumberParams,
    query: z.strictObject(placeShape),
    status: 200,
    returns: listShape(caseNoticeShape),
    answer: ({ ctx, params: { number }, query: { cursor, limit } }) => caseNotices(ctx, number, { after: placeOf(cursor), limit }),
    show: ({ notices, next }, { ctx }) => ({
      items: notices.map(({ own, recipients, ...notice }) => ({
        ...shownNotice(catalogue, ctx.locale, notice),
        own: own && shownReading(own),
        recipients: recipients?.map(({ kind, name, email, ...reading }) => ({
          kind,
          name,
          ...shownReading(reading),
          email: email && { state: email.state, sentAt: isoInstantOrNull(email.sentAt) },
        })) ?? null,
      })),
      next: cursorOf(next),
    }),
  }),
  endpoint({
    name: 'showCaseHistory',
    method: 'GET',
    path: '/cases/{number}/history',
    group: 'Cases',
    summary: 'Show what was done in a case',
    description: 'Each change with who made it, for whom, when and why, and the values before and after; the latest first.',
    params: caseNumberParams,
    query: z.strictObject(placeShape),
    status: 200,
    returns: eventListShape,
    answer: async ({ ctx, params: { number }, query: { cursor, limit } }) => {
      const { id } = (await caseKind(ctx.db, number)) === 'house' ? await houseCase(ctx, number) : await operationCase(ctx, number)
      return caseEvents(ctx.db, id, { before: placeOf(cursor), limit })
    },
    show: shownEvents,
  }),
]
