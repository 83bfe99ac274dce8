// The endpoints of meters and their readings: the same rule and rights as the pages (MTR-1 to MTR-8, DOMAIN 3.2).
import { z } from 'zod'
import { caseNumberParams } from '../cases/api.ts'
import { endpoint, type Endpoint } from '../people/endpoint.ts'
import { dateShape, dayPlaceShape, idShape, listShape } from '../platform/api.ts'
import { replaceMeter } from './answer-actions.ts'
import { amountShape, justificationText, meterDraftOf, meterSetting, meterShape, readingShape, shownMeter, shownReading, shownSubmitted } from './api-shapes.ts'
import { addMeter, editMeter, removeMeter } from './meter-actions.ts'
import type { Meter } from './meter.ts'
import { editReading, removeReading, submitReading } from './reading-actions.ts'
import { listReadings } from './reading-list.ts'
import { seeMeter, seeMeters } from './seeing.ts'

const path = '/cases/{number}/meters'
const params = caseNumberParams.extend({ id: idShape })
const readingParams = params.extend({ readOn: dateShape })
const optional = justificationText.default('')
const removal = z.strictObject({ justification: justificationText })

const meterBody = z.strictObject({ ...meterSetting, justification: optional })
const meterEdit = z.strictObject({ ...meterSetting, justification: justificationText })
const readingFields = {
  readOn: dateShape,
  value: amountShape,
  difference: amountShape.nullable().default(null).meta({ description: 'Between this meter and the individual meters, where it is known.' }),
  estimated: z.boolean().default(false),
  consumed: amountShape.nullable().default(null).meta({ description: 'Where the counter rolled over: what was used since the last reading. Needs a justification.' }),
}
const readingBody = z.strictObject({ ...readingFields, justification: optional })
const readingEdit = z.strictObject({ ...readingFields, justification: justificationText })
const readingOf = (body: z.output<typeof readingBody>) => ({ ...body, difference: body.difference ?? '', consumed: body.consumed ?? '' })

const shownAlone = (meter: Meter) => shownMeter(undefined, meter)
const place = (number: string, id: number) => `/cases/${encodeURIComponent(number)}/meters/${id}`

const meterEndpoints: readonly Endpoint[] = [
  endpoint({
    name: 'listMeters', method: 'GET', path, group: 'Meters', summary: 'List the meters of a house case',
    description: 'Active first, then by type and number. For whoever sees the case.',
    params: caseNumberParams, status: 200, returns: listShape(meterShape),
    answer: ({ ctx, params: { number } }) => seeMeters(ctx, number),
    show: ({ file, meters }) => ({ items: meters.map((meter) => shownMeter(file, meter)), next: null }),
  }),
  endpoint({
    name: 'addMeter', method: 'POST', path, group: 'Meters', summary: 'Add a meter',
    params: caseNumberParams, body: meterBody, status: 201, returns: meterShape, refuses: ['forbidden', 'conflict'],
    answer: ({ ctx, params: { number }, body }) => addMeter(ctx, number, meterDraftOf(body)),
    show: shownAlone,
    location: ({ id }, { params: { number } }) => place(number, id),
  }),
  endpoint({
    name: 'showMeter', method: 'GET', path: `${path}/{id}`, group: 'Meters', summary: 'Show a meter',
    params, status: 200, returns: meterShape,
    answer: ({ ctx, params: { number, id } }) => seeMeter(ctx, number, String(id)),
    show: ({ file, meter }) => shownMeter(file, meter),
  }),
  endpoint({
    name: 'editMeter', method: 'PUT', path: `${path}/{id}`, group: 'Meters', summary: 'Edit a meter',
    description: 'Takes the whole setting and a justification. The type is fixed once there are readings.',
    params, body: meterEdit, status: 200, returns: meterShape, refuses: ['forbidden', 'conflict'],
    answer: ({ ctx, params: { number, id }, body }) => editMeter(ctx, number, id, meterDraftOf(body)),
    show: shownAlone,
  }),
  endpoint({
    name: 'removeMeter', method: 'DELETE', path: `${path}/{id}`, group: 'Meters', summary: 'Remove a meter without readings',
    params, query: removal, status: 204, refuses: ['forbidden', 'conflict'],
    answer: ({ ctx, params: { number, id }, query: { justification } }) => removeMeter(ctx, number, id, justification),
    show: () => undefined,
  }),
  endpoint({
    name: 'replaceMeter', method: 'POST', path: `${path}/{id}/replacement`, group: 'Meters', summary: 'Replace a meter by another',
    description: 'Ends the old one with its final value and begins the new one; consumption goes on.',
    params,
    body: z.strictObject({ replacedOn: dateShape, finalValue: amountShape.nullable().default(null), number: z.string().meta({ examples: ['44-71821'] }), initial: amountShape, validUntil: dateShape.nullable().default(null), justification: justificationText }),
    status: 201, returns: meterShape, refuses: ['forbidden', 'conflict'],
    answer: ({ ctx, params: { number, id }, body }) => replaceMeter(ctx, number, id, { ...body, finalValue: body.finalValue ?? '', validUntil: body.validUntil ?? '' }),
    show: ({ meter }) => shownAlone(meter),
    location: ({ meter: { id } }, { params: { number } }) => place(number, id),
  }),
]

const readingEndpoints: readonly Endpoint[] = [
  endpoint({
    name: 'listReadings', method: 'GET', path: `${path}/{id}/readings`, group: 'Meters', summary: 'List the readings of a meter',
    description: 'The latest first, each with what was consumed since the one before.',
    params, query: z.strictObject(dayPlaceShape), status: 200, returns: listShape(readingShape),
    answer: ({ ctx, params: { number, id }, query: { cursor, limit } }) => listReadings(ctx, number, String(id), { before: cursor, limit }),
    show: ({ readings, next }) => ({ items: readings.map(shownReading), next }),
  }),
  endpoint({
    name: 'submitReading', method: 'POST', path: `${path}/{id}/readings`, group: 'Meters', summary: 'Submit a reading',
    description: 'Warnings do not block; a refused one says why.',
    params, body: readingBody, status: 201, returns: readingShape, refuses: ['forbidden', 'conflict'],
    answer: ({ ctx, params: { number, id }, body }) => submitReading(ctx, number, id, readingOf(body)),
    show: shownSubmitted,
    location: ({ reading }, { params: { number, id } }) => `${place(number, id)}/readings/${reading.readOn}`,
  }),
  endpoint({
    name: 'editReading', method: 'PUT', path: `${path}/{id}/readings/{readOn}`, group: 'Meters', summary: 'Edit a reading',
    description: 'Strictly between its neighbours.',
    params: readingParams, body: readingEdit, status: 200, returns: readingShape, refuses: ['forbidden', 'conflict'],
    answer: ({ ctx, params: { number, id, readOn }, body }) => editReading(ctx, number, id, readOn, readingOf(body)),
    show: shownSubmitted,
  }),
  endpoint({
    name: 'removeReading', method: 'DELETE', path: `${path}/{id}/readings/{readOn}`, group: 'Meters', summary: 'Remove a reading',
    params: readingParams, query: removal, status: 204, refuses: ['forbidden', 'conflict'],
    answer: ({ ctx, params: { number, id, readOn }, query: { justification } }) => removeReading(ctx, number, id, readOn, justification),
    show: () => undefined,
  }),
]

export const metersEndpoints: readonly Endpoint[] = [...meterEndpoints, ...readingEndpoints]
