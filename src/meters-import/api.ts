// Readings in batches: each row judged as in a file, good ones taken, refused ones told.
import { z } from 'zod'
import { endpoint, type Endpoint } from '../people/endpoint.ts'
import { dateShape } from '../platform/api.ts'
import { importReadings } from './import-readings.ts'

const most = 1000

const row = z.strictObject({
  caseNumber: z.string().meta({ examples: ['ML-00001'] }),
  type: z.string().meta({ examples: ['WATER'] }),
  number: z.string().meta({ description: 'Of the meter.', examples: ['44-71820'] }),
  readOn: dateShape,
  value: z.string().meta({ examples: ['1823.414'] }),
  difference: z.string().default(''),
})

export const batchEndpoint: Endpoint = endpoint({
  name: 'submitReadings', method: 'POST', path: '/readings/batch', group: 'Meters', summary: 'Submit up to 1,000 readings',
  description: 'Rows of a meter are judged in the order of their dates. The same batch again changes nothing: its rows are `duplicate`.',
  body: z.strictObject({ rows: z.array(row).min(1).max(most) }),
  status: 200,
  returns: z.object({
    importId: z.int().nullable().meta({ description: 'By which the batch can be undone; null: nothing was taken.' }),
    rows: z.array(z.object({ row: z.int().meta({ description: 'From 0, as sent.' }), verdict: z.enum(['accepted', 'warned', 'refused']), codes: z.array(z.string()) })),
  }),
  answer: ({ ctx, body: { rows } }) => importReadings(ctx, { file: 'API', rows: rows.map((one, line) => ({ ...one, line })), unreadable: [] }),
  show: ({ importId, verdicts }) => ({ importId, rows: verdicts.map(({ line, verdict, codes }) => ({ row: line, verdict, codes: [...codes] })) }),
})
