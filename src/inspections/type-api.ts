// The endpoints of inspection types: the configuration of a building (INS-2, INS-3, INS-5 to INS-7).
import { z } from 'zod'
import { caseNumberParams } from '../cases/api.ts'
import { operationCase } from '../cases/store.ts'
import { eventListShape, shownEvents } from '../history/api.ts'
import { actionsOn, caseEvents } from '../history/store.ts'
import { refuse } from '../kernel/refusal.ts'
import { endpoint, type Endpoint } from '../people/endpoint.ts'
import { dateShape, idShape, listShape, placeOf, placeShape } from '../platform/api.ts'
import { addInspectionType, editInspectionType, removeInspectionType } from './actions.ts'
import { justificationText, labelText, shownType, typeShape, typeText } from './api-shapes.ts'
import type { InspectionType } from './inspection-type.ts'
import { openConfiguration, openType } from './reading.ts'

const path = '/cases/{number}/inspection-types'
const params = caseNumberParams.extend({ id: idShape })

const setting = {
  type: typeText,
  label: labelText.default(''),
  firstOn: dateShape.meta({ description: 'Date of the first inspection, in the future.' }),
  every: z.string().meta({ description: 'Inspection period in ISO 8601: whole months or years.', examples: ['P1Y'] }),
  remindBefore: z
    .string()
    .nullable()
    .meta({ description: 'Reminder period in ISO 8601, days or months before the next date; `P0D` reminds on that date, null never.', examples: ['P1M'] }),
}
const addBody = z.strictObject({ ...setting, justification: justificationText.default('') })
const editBody = z.strictObject({ ...setting, justification: justificationText })

/** Rules take an empty text for no reminder. */
const draftOf = <B extends z.output<typeof addBody>>(body: B) => ({ ...body, remindBefore: body.remindBefore ?? '' })

const shown = (type: InspectionType, { ctx }: { ctx: Parameters<typeof shownType>[0] }) => shownType(ctx, type)

export const typeEndpoints: readonly Endpoint[] = [
  endpoint({
    name: 'listInspectionTypes',
    method: 'GET',
    path,
    group: 'Inspection types',
    summary: 'List the inspection types of a building',
    description: 'By next date. For whoever may configure; others find what comes next in the case itself.',
    params: caseNumberParams,
    status: 200,
    returns: listShape(typeShape),
    refuses: ['forbidden'],
    answer: ({ ctx, params: { number } }) => openConfiguration(ctx, number),
    show: ({ file, types }, { ctx }) => ({ items: types.map((type) => shownType(ctx, type, file)), next: null }),
  }),
  endpoint({
    name: 'addInspectionType',
    method: 'POST',
    path,
    group: 'Inspection types',
    summary: 'Add an inspection type',
    params: caseNumberParams,
    body: addBody,
    status: 201,
    returns: typeShape,
    refuses: ['forbidden', 'conflict'],
    answer: ({ ctx, params: { number }, body }) => addInspectionType(ctx, number, draftOf(body)),
    show: shown,
    location: ({ id }, { params: { number } }) => `/cases/${encodeURIComponent(number)}/inspection-types/${id}`,
  }),
  endpoint({
    name: 'showInspectionType',
    method: 'GET',
    path: `${path}/{id}`,
    group: 'Inspection types',
    summary: 'Show an inspection type',
    params,
    status: 200,
    returns: typeShape,
    refuses: ['forbidden'],
    answer: ({ ctx, params: { number, id } }) => openType(ctx, number, id),
    show: ({ file, type }, { ctx }) => shownType(ctx, type, file),
  }),
  endpoint({
    name: 'editInspectionType',
    method: 'PUT',
    path: `${path}/{id}`,
    group: 'Inspection types',
    summary: 'Edit an inspection type',
    description: 'Takes the whole setting and a justification. Type and first date can be changed only while the first date is in the future. Notices already sent stay as they are.',
    params,
    body: editBody,
    status: 200,
    returns: typeShape,
    refuses: ['forbidden', 'conflict'],
    answer: ({ ctx, params: { number, id }, body }) => editInspectionType(ctx, number, id, draftOf(body)),
    show: shown,
  }),
  endpoint({
    name: 'removeInspectionType',
    method: 'DELETE',
    path: `${path}/{id}`,
    group: 'Inspection types',
    summary: 'Remove an inspection type',
    description: 'Its inspections, notices and history stay.',
    params,
    query: z.strictObject({ justification: justificationText }),
    status: 204,
    refuses: ['forbidden'],
    answer: ({ ctx, params: { number, id }, query: { justification } }) => removeInspectionType(ctx, number, id, justification),
    show: () => undefined,
  }),
  endpoint({
    name: 'showInspectionTypeHistory',
    method: 'GET',
    path: `${path}/{id}/history`,
    group: 'Inspection types',
    summary: 'Show what was done to an inspection type',
    description: 'The latest first, also after it was removed. For whoever sees the case.',
    params,
    query: z.strictObject(placeShape),
    status: 200,
    returns: eventListShape,
    answer: async ({ ctx, params: { number, id }, query: { cursor, limit } }) => {
      const file = await operationCase(ctx, number)
      const page = await caseEvents(ctx.db, file.id, { actions: actionsOn('inspection-type'), subjectId: id, before: placeOf(cursor), limit })
      return page.events.length > 0 || cursor !== undefined ? page : refuse.missing()
    },
    show: shownEvents,
  }),
]
