// The endpoint of one case: what the registers say of it, and what comes next in its buildings.
import { z } from 'zod'
import type { Holder, Parties } from '../buildings/building.ts'
import { mayRecordInspections } from '../cases/access.ts'
import { buildingFields, caseNumberParams, numberShape, propertyFields } from '../cases/api.ts'
import type { HouseCase, OperationCase } from '../cases/case.ts'
import { caseKind, houseCase } from '../cases/store.ts'
import type { Party } from '../people/actor.ts'
import type { PersonContext } from '../people/context.ts'
import { endpoint, type Endpoint } from '../people/endpoint.ts'
import { dateShape } from '../platform/api.ts'
import { mayConfigure } from './actions.ts'
import { shownType, typeShape } from './api-shapes.ts'
import { seeInspections } from './reading.ts'
import type { InspectionType } from './inspection-type.ts'

const partyShape = z.object({
  kind: z.enum(['person', 'organisation']),
  name: z.string(),
  registrationNumber: z.string().nullable().meta({ description: 'Of an organisation; null for a person.' }),
})

const partiesFields = {
  managers: z.array(partyShape),
  responsible: z.array(partyShape).meta({ description: 'The managers’ responsible persons for the building.' }),
  holders: z.array(
    partyShape.extend({
      right: z.enum(['owner', 'possessor']),
      premises: z.string().nullable().meta({ description: 'Cadastral designation of a flat, 17 digits; null for the whole building.' }),
      from: dateShape,
    }),
  ),
}

const operationShape = z
  .object({
    kind: z.literal('operation'),
    number: numberShape,
    ...buildingFields,
    propertyKind: propertyFields.propertyKind,
    houseCase: z.object({ number: z.string(), propertyNumber: propertyFields.propertyNumber }).nullable(),
    ...partiesFields,
    inspectionTypes: z.array(typeShape).meta({ description: 'By next date.' }),
    may: z
      .object({ configureInspectionTypes: z.boolean(), recordInspections: z.boolean() })
      .meta({ description: 'What the profile may do here.' }),
  })
  .meta({ id: 'OperationCase' })

const houseShape = z
  .object({
    kind: z.literal('house'),
    number: z.string(),
    ...propertyFields,
    buildings: z.array(z.object({ case: z.string().meta({ description: 'The number of its operation case.' }), ...buildingFields, ...partiesFields })),
  })
  .meta({ id: 'HouseCase' })

/** Names, and of organisations their registration numbers: never a personal code. */
const shownParty = ({ kind, name, code }: Party) => ({ kind, name, registrationNumber: kind === 'organisation' ? code : null })

const shownHolder = ({ party, right, premises, from }: Holder) => ({ ...shownParty(party), right, premises: premises || null, from })

const shownParties = ({ managers, responsible, holders }: Parties) => ({
  managers: managers.map(shownParty),
  responsible: responsible.map(shownParty),
  holders: holders.map(shownHolder),
})

const shownOperation = (ctx: PersonContext, file: OperationCase, types: readonly InspectionType[]) => ({
  kind: file.kind,
  number: file.number,
  ...file.building,
  propertyKind: file.propertyKind,
  houseCase: file.houseCase,
  ...shownParties(file.parties),
  inspectionTypes: types.map((type) => shownType(ctx, type, file)),
  may: { configureInspectionTypes: mayConfigure(ctx)(ctx.actor, file), recordInspections: mayRecordInspections(ctx.actor, file) },
})

const shownHouse = ({ kind, number, propertyNumber, propertyKind, buildings }: HouseCase) => ({
  kind,
  number,
  propertyNumber,
  propertyKind,
  buildings: buildings.map(({ caseNumber, building, parties }) => ({ case: caseNumber, ...building, ...shownParties(parties) })),
})

async function seeCase(ctx: PersonContext, number: string): Promise<{ file: OperationCase; types: InspectionType[] } | { house: HouseCase }> {
  return (await caseKind(ctx.db, number)) === 'house' ? { house: await houseCase(ctx, number) } : seeInspections(ctx, number)
}

export const caseEndpoint: Endpoint = endpoint({
  name: 'showCase',
  method: 'GET',
  path: '/cases/{number}',
  group: 'Cases',
  summary: 'Show a case',
  description: 'An operation case with what comes next in its building, or a house case with its buildings.',
  params: caseNumberParams,
  status: 200,
  returns: z.discriminatedUnion('kind', [operationShape, houseShape]),
  answer: ({ ctx, params: { number } }) => seeCase(ctx, number),
  show: (seen, { ctx }) => ('house' in seen ? shownHouse(seen.house) : shownOperation(ctx, seen.file, seen.types)),
})
