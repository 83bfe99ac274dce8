// What a person is by the registers, in a few words; the register that knows it says it.
import type { PlainDate } from '../kernel/date.ts'
import type { Reader } from '../platform/database.ts'

export const roleKinds = ['owner', 'co-owner', 'possessor', 'manager', 'responsible', 'sole', 'joint', 'flat', 'co-flat'] as const
export type RoleKind = (typeof roleKinds)[number]

/** `of`: a building's address or an organisation's name; `premises` for a flat. */
export type Role = { kind: RoleKind; of: string; premises?: string }

export type RolesOf = (db: Reader, personIds: readonly number[], today: PlainDate) => Promise<Map<number, Role[]>>

/** The roles of each person, gathered from rows in their order, each once. */
export function gathered(rows: readonly { personId: number; role: Role }[]): Map<number, Role[]> {
  const roles = new Map<number, Role[]>()
  for (const { personId, role } of rows) {
    const own = roles.get(personId) ?? []
    if (!own.some(({ kind, of, premises }) => kind === role.kind && of === role.of && premises === role.premises)) own.push(role)
    roles.set(personId, own)
  }
  return roles
}
