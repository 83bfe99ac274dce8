// Who is told of an opinion on a building in use: all who hold it and, of a house of apartments, its manager (NTF-4, DOMAIN 4.5).
import { distinct } from '../buildings/building.ts'
import type { OperationCase } from '../cases/case.ts'
import type { Party } from '../people/actor.ts'

/** The main use "houses of three or more apartments" (DOMAIN 2.1). */
const apartments = '1122'

export const opinionRecipients = ({ building, parties }: OperationCase): Party[] =>
  distinct([...parties.holders.map(({ party }) => party), ...(building.mainUseCode === apartments ? parties.managers : [])])
