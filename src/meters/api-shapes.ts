// Meters and readings as the API shows them: amounts as text with three decimals, so that no program rounds them.
import { z } from 'zod'
import type { HouseCase } from '../cases/case.ts'
import { quantityText } from '../kernel/quantity.ts'
import { dateShape } from '../platform/api.ts'
import { meterTypes, meterStatuses, type Meter } from './meter.ts'
import type { Consumed, Reading } from './reading.ts'

export const amountShape = z.string().meta({ description: 'In the unit of the meter, up to three decimals.', examples: ['1823.414'] })
export const justificationText = z.string().meta({ description: 'Why this is done, for the history.', examples: ['Agreed with the owner'] })

/** What a meter takes; texts are judged by the rule, so that every problem is named at once. */
export const meterSetting = {
  type: z.string().meta({ description: meterTypes.map((type) => `\`${type}\``).join(', '), examples: ['WATER'] }),
  number: z.string().meta({ examples: ['44-71820'] }),
  installedOn: dateShape,
  initial: amountShape.default('0'),
  status: z.string().default('ACTIVE').meta({ description: meterStatuses.map((status) => `\`${status}\``).join(' or '), examples: ['ACTIVE'] }),
  validUntil: dateShape.nullable().default(null).meta({ description: 'By when it must be verified or replaced.' }),
  periodMonths: z.int().meta({ description: 'Reading submission period, 1 to 12 months.', examples: [1] }),
  designation: z.string().nullable().default(null).meta({ description: 'The building that it belongs to; null: the whole property.', examples: [null] }),
  premises: z.string().nullable().default(null).meta({ description: 'The premise group that it serves; null: the whole house.', examples: [null] }),
}

type Setting = z.output<z.ZodObject<typeof meterSetting>>

/** The draft of a body that has a meter's setting, and what else is in it. */
export const meterDraftOf = <B extends Setting>(body: B) => ({
  ...body,
  validUntil: body.validUntil ?? '',
  designation: body.designation ?? '',
  premises: body.premises ?? '',
  periodMonths: String(body.periodMonths),
})

export const meterShape = z
  .object({
    id: z.int(),
    type: z.enum(meterTypes),
    unit: z.string(),
    number: z.string(),
    installedOn: dateShape,
    initial: amountShape,
    status: z.enum(meterStatuses),
    validUntil: dateShape.nullable(),
    periodMonths: z.int(),
    designation: z.string().nullable(),
    premises: z.string().nullable(),
    replacesId: z.int().nullable().meta({ description: 'The meter that stood here before.' }),
    lastReadOn: dateShape.nullable(),
    lastValue: amountShape.nullable(),
    readingDueOn: dateShape,
  })
  .meta({ id: 'Meter' })

export const shownMeter = (file: HouseCase | undefined, meter: Meter) => ({
  id: meter.id,
  type: meter.type,
  unit: meter.unit,
  number: meter.number,
  installedOn: meter.installedOn,
  initial: quantityText(meter.initial),
  status: meter.status,
  validUntil: meter.validUntil,
  periodMonths: meter.periodMonths,
  designation: file?.buildings.find(({ building }) => building.id === meter.buildingId)?.building.designation ?? null,
  premises: meter.premises || null,
  replacesId: meter.replacesId,
  lastReadOn: meter.lastReadOn,
  lastValue: meter.lastValue === null ? null : quantityText(meter.lastValue),
  readingDueOn: meter.readingDueOn,
})

const reading = {
  readOn: dateShape,
  value: amountShape,
  difference: amountShape.nullable(),
  rolledOver: amountShape.meta({ description: 'What the counter ran past before it began anew; 0 as a rule.' }),
  estimated: z.boolean(),
  consumption: amountShape.meta({ description: 'Since the reading before, or the initial value.' }),
  warnings: z.array(z.enum(['period-exceeded', 'consumption-unusual'])),
}
export const readingShape = z.object(reading).meta({ id: 'Reading' })

export const shownReading = (made: Consumed<Reading>) => ({
  readOn: made.readOn,
  value: quantityText(made.value),
  difference: made.difference === null ? null : quantityText(made.difference),
  rolledOver: quantityText(made.rolledOver),
  estimated: made.estimated,
  consumption: quantityText(made.consumption),
  warnings: [...made.warnings],
})

export const shownSubmitted = ({ reading: made, verdict }: { reading: Reading; verdict: { consumption: Reading['value'] } }) =>
  shownReading({ ...made, consumption: verdict.consumption })
