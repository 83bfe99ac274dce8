// Meters and readings in batches: each row judged as in a file, good ones taken, refused ones told.
import { z } from 'zod'
import { meterDraftOf, meterSetting } from '../meters/api-shapes.ts'
import { endpoint, type Endpoint } from '../people/endpoint.ts'
import { dateShape } from '../platform/api.ts'
import { importMeters } from './import-meters.ts'
import { importReadings } from './import-readings.ts'

const most = 1000

const caseNumber = z.string().meta({ examples: ['ML-00001'] })
const importId = z.int().nullable().meta({ description: 'By which the batch can be undone; null: nothing was taken.' })
const place = z.int().meta({ description: 'From 0, as sent.' })
const codes = z.array(z.string())

const readingRow = z.strictObject({
  caseNumber,
  type: z.string().meta({ examples: ['WATER'] }),
  number: z.string().meta({ description: 'Of the meter.', examples: ['44-71820'] }),
  readOn: dateShape,
  value: z.string().meta({ examples: ['1823.414'] }),
  difference: z.string().default(''),
})

const readingsBatch = endpoint({
  name: 'submitReadings', method: 'POST', path: '/readings/batch', group: 'Meters', summary: 'Submit up to 1,000 readings',
  description: 'Rows of a meter are judged in the order of their dates. The same batch again changes nothing: its rows are `duplicate`.',
  body: z.strictObject({ rows: z.array(readingRow).min(1).max(most) }),
  status: 200,
  returns: z.object({ importId, rows: z.array(z.object({ row: place, verdict: z.enum(['accepted', 'warned', 'refused']), codes })) }),
  answer: ({ ctx, body: { rows } }) => importReadings(ctx, { file: 'API', rows: rows.map((one, line) => ({ ...one, line })), unreadable: [] }),
  show: ({ importId, verdicts }) => ({ importId, rows: verdicts.map(({ line, verdict, codes }) => ({ row: line, verdict, codes: [...codes] })) }),
})

const problems = z.array(z.object({ field: z.string(), code: z.string() })).meta({ description: 'Every problem of a refused row, by its field.' })

const metersBatch = endpoint({
  name: 'setMeters', method: 'POST', path: '/meters/batch', group: 'Meters', summary: 'Add or change up to 1,000 meters',
  description:
    'A meter is found by its case, type and number: one that is there is changed to what its row says, which needs a justification for the batch; others are added. ' +
    'Good rows are taken and the others told. The same batch again changes nothing: its rows are accepted.',
  body: z.strictObject({
    rows: z.array(z.strictObject({ caseNumber, ...meterSetting })).min(1).max(most),
    justification: z.string().default('').meta({ description: 'Why, for the history; needed where a meter is changed.', examples: ['Inventory of 2026'] }),
  }),
  status: 200,
  returns: z.object({
    importId,
    added: z.int(),
    changed: z.int(),
    rows: z.array(z.object({ row: place, verdict: z.enum(['accepted', 'warned', 'refused']), codes, problems })),
  }),
  answer: ({ ctx, body: { rows, justification } }) =>
    importMeters(ctx, { file: 'API', rows: rows.map(({ caseNumber, ...setting }, line) => ({ line, caseNumber, told: meterDraftOf(setting) })), unreadable: [] }, { justification }),
  show: ({ importId, added, changed, verdicts }) => ({
    importId,
    added,
    changed,
    rows: verdicts.map(({ line, verdict, codes, problems = [] }) => ({
      row: line,
      verdict,
      codes: [...codes],
      problems: problems.map(({ field, code }) => ({ field, code })),
    })),
  }),
})

export const batchEndpoints: readonly Endpoint[] = [metersBatch, readingsBatch]
