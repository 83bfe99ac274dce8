// Inspection types and inspections as the API shows them.
import { z } from 'zod'
import type { OperationCase } from '../cases/case.ts'
import { isoPeriod } from '../kernel/period.ts'
import type { Context } from '../people/context.ts'
import { dateShape } from '../platform/api.ts'
import type { Inspection } from './inspection.ts'
import { statusOf, systemTypes, type InspectionType } from './inspection-type.ts'
import { typeTitle } from './names.ts'
import { exceededLimit } from './type-rules.ts'

export const typeText = z.string().meta({
  description: `A system type (${systemTypes.map((type) => `\`${type}\``).join(', ')}) or your own words.`,
  examples: ['FIRE_SAFETY'],
})
export const labelText = z.string().meta({ description: 'Tells several of one type apart; empty where there is one.', examples: [''] })
export const justificationText = z.string().meta({ description: 'Why this is done, for the history.', examples: ['Agreed with the owner'] })

const titleShape = z.string().meta({ description: 'The type and label in the language of `Accept-Language`.', examples: ['Fire-safety inspection'] })
const everyShape = z.string().meta({ description: 'ISO 8601.', examples: ['P1Y'] })

export const typeShape = z
  .object({
    id: z.int(),
    type: typeText,
    label: labelText,
    title: titleShape,
    firstOn: dateShape.meta({ description: 'Date of the first inspection.' }),
    every: everyShape,
    remindBefore: z.string().nullable().meta({ description: 'ISO 8601; null: no reminder is sent.', examples: ['P1M'] }),
    lastPerformedOn: dateShape.nullable().meta({ description: 'The last registered inspection that counts.' }),
    nextOn: dateShape.meta({ description: 'Date of the next planned inspection; in the past when overdue.' }),
    remindOn: dateShape.nullable().meta({ description: 'When a reminder is sent; null: none is.' }),
    lastNotifiedOn: dateShape.nullable().meta({ description: 'When the last reminder was sent.' }),
    status: z.enum(['overdue', 'soon', 'ahead']).meta({ description: '`soon`: the reminder date has come.' }),
    exceedsLimit: z.boolean().meta({ description: 'The period is longer than the law allows for this building.' }),
  })
  .meta({ id: 'InspectionType' })

type Reading = Pick<Context, 'today' | 'locale'>

export const shownType = ({ today, locale }: Reading, type: InspectionType, file?: OperationCase) => ({
  id: type.id,
  type: type.type,
  label: type.label,
  title: typeTitle(locale, type),
  firstOn: type.firstOn,
  every: isoPeriod(type.period),
  remindBefore: type.reminder && isoPeriod(type.reminder),
  lastPerformedOn: type.lastPerformedOn,
  nextOn: type.nextOn,
  remindOn: type.remindOn,
  lastNotifiedOn: type.lastNotifiedOn,
  status: statusOf(type, today),
  // Without a case it has just been saved, and nothing over the limit can be (INS-4).
  exceedsLimit: file !== undefined && exceededLimit(type.type, type.period, file.building.isPublic) !== undefined,
})

export const inspectionShape = z
  .object({
    id: z.int(),
    type: typeText,
    label: labelText,
    title: titleShape,
    performedOn: dateShape,
    periodic: z.boolean().meta({ description: 'Of technical surveys only periodic ones move the next date.' }),
    number: z.string().meta({ description: 'The number of its document; empty where it has none.' }),
    status: z.enum(['registered', 'draft', 'annulled']),
  })
  .meta({ id: 'Inspection' })

export const shownInspection = ({ locale }: Pick<Context, 'locale'>, inspection: Inspection) => ({
  id: inspection.id,
  type: inspection.type,
  label: inspection.label,
  title: typeTitle(locale, inspection),
  performedOn: inspection.performedOn,
  periodic: inspection.periodic,
  number: inspection.number,
  status: inspection.status,
})
