// What a party is by the registers, in a few words; the register that knows it says it.
import type { PlainDate } from '../kernel/date.ts'
import type { Reader } from '../platform/database.ts'

/** The foremost first. A share of a building comes last: owners of flats often share an outbuilding. */
export const roleKinds = ['support', 'owner', 'possessor', 'manager', 'responsible', 'sole', 'joint', 'flat', 'co-flat', 'co-owner'] as const
export type RoleKind = (typeof roleKinds)[number]

/** `of`: a building's address or an organisation's name; `premises` of a flat; `as`: what the organisation is itself. */
export type Role = { kind: RoleKind; of: string; premises?: string; as?: 'manager' | 'holder' }

export const byRank = (a: Role, b: Role): number => roleKinds.indexOf(a.kind) - roleKinds.indexOf(b.kind)

export type RolesOf = (db: Reader, partyIds: readonly number[], today: PlainDate) => Promise<Map<number, Role[]>>

/** The roles of each party, gathered from rows in their order, each once. */
export function gathered(rows: readonly { partyId: number; role: Role }[]): Map<number, Role[]> {
  const roles = new Map<number, Role[]>()
  for (const { partyId, role } of rows) {
    const own = roles.get(partyId) ?? []
    if (!own.some(({ kind, of, premises }) => kind === role.kind && of === role.of && premises === role.premises)) own.push(role)
    roles.set(partyId, own)
  }
  return roles
}
