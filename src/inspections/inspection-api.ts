// The endpoints of inspections done: the list, recording one, and annulling one.
import { z } from 'zod'
import { caseNumberParams } from '../cases/api.ts'
import type { PersonContext } from '../people/context.ts'
import { endpoint, type Endpoint } from '../people/endpoint.ts'
import { dateShape, idShape, listShape, pagingShape } from '../platform/api.ts'
import { annulInspection, recordInspection } from './actions.ts'
import { inspectionShape, justificationText, labelText, shownInspection, typeText } from './api-shapes.ts'
import type { Inspection } from './inspection.ts'
import { openInspection, seeInspections } from './reading.ts'

const path = '/cases/{number}/inspections'
const params = caseNumberParams.extend({ id: idShape })

const recordBody = z.strictObject({
  type: typeText,
  label: labelText.default(''),
  performedOn: dateShape.meta({ description: 'When it was done, not in the future.', examples: ['2026-11-20'] }),
  periodic: z.boolean().meta({ description: 'Of technical surveys only periodic ones move the next date.', examples: [true] }),
  number: z.string().default('').meta({ description: 'The number of its document.', examples: ['PT-12/2026'] }),
  justification: justificationText.default(''),
})

const placePattern = /^(\d{4}-\d\d-\d\d)\.(\d{1,15})$/
const place = ({ performedOn, id }: Inspection) => `${performedOn}.${id}`

/** Whether an inspection comes after a place in the list, the newest first. */
const isBehind = (cursor: string) => {
  const [, date = '', id = ''] = placePattern.exec(cursor)!
  return ({ performedOn, id: own }: Inspection) => performedOn < date || (performedOn === date && own < Number(id))
}

const show = (inspection: Inspection, { ctx }: { ctx: PersonContext }) => shownInspection(ctx, inspection)

export const inspectionEndpoints: readonly Endpoint[] = [
  endpoint({
    name: 'listInspections',
    method: 'GET',
    path,
    group: 'Inspections',
    summary: 'List the inspections done in a building',
    description: 'The newest first. Drafts are shown to the manager’s side, or where there is no manager to whoever may record.',
    params: caseNumberParams,
    query: z.strictObject({ ...pagingShape, cursor: z.string().regex(placePattern).optional().meta({ description: 'Where to go on: the `next` of the page before.' }) }),
    status: 200,
    returns: listShape(inspectionShape),
    answer: async ({ ctx, params: { number }, query: { cursor } }) => {
      const { inspections } = await seeInspections(ctx, number)
      return cursor === undefined ? inspections : inspections.filter(isBehind(cursor))
    },
    show: (inspections, { ctx, query: { limit } }) => {
      const items = inspections.slice(0, limit)
      return { items: items.map((one) => shownInspection(ctx, one)), next: inspections.length > limit ? place(items.at(-1)!) : null }
    },
  }),
  endpoint({
    name: 'recordInspection',
    method: 'POST',
    path,
    group: 'Inspections',
    summary: 'Record an inspection',
    description: 'Moves the next date of its inspection type at once.',
    params: caseNumberParams,
    body: recordBody,
    status: 201,
    returns: inspectionShape,
    refuses: ['forbidden', 'conflict'],
    answer: ({ ctx, params: { number }, body }) => recordInspection(ctx, number, body),
    show,
    location: ({ id }, { params: { number } }) => `/cases/${encodeURIComponent(number)}/inspections/${id}`,
  }),
  endpoint({
    name: 'showInspection',
    method: 'GET',
    path: `${path}/{id}`,
    group: 'Inspections',
    summary: 'Show an inspection',
    params,
    status: 200,
    returns: inspectionShape,
    answer: async ({ ctx, params: { number, id } }) => (await openInspection(ctx, number, id)).inspection,
    show,
  }),
  endpoint({
    name: 'annulInspection',
    method: 'POST',
    path: `${path}/{id}/annulment`,
    group: 'Inspections',
    summary: 'Annul an inspection',
    description: 'It stays in the list as annulled and no longer counts; the next date of its type moves back at once.',
    params,
    body: z.strictObject({ justification: justificationText }),
    status: 200,
    returns: inspectionShape,
    refuses: ['forbidden', 'conflict'],
    answer: ({ ctx, params: { number, id }, body: { justification } }) => annulInspection(ctx, number, id, justification),
    show,
  }),
]
