// API tokens: a program acts as a person in one profile, with a secret that is shown once and kept only as its hash.
import { dateAt, type PlainDate } from '../kernel/date.ts'
import { refuse, refuseIfAny, type Problem } from '../kernel/refusal.ts'
import { tidy } from '../kernel/text.ts'
import { installation } from '../history/actions.ts'
import { change } from '../history/change.ts'
import { writing, type Reader } from '../platform/database.ts'
import { hashOf, newSecret } from '../platform/secret.ts'
import { statement } from '../platform/statement.ts'
import type { Party, PersonActor, Staff } from './actor.ts'
import type { Context } from './context.ts'
import { actingColumns, actorOf, profilesOf, type Acting } from './people.ts'

export type Token = { id: number; personId: number; profile: Party; name: string; createdAt: Date; usedAt: Date | null }

const longestName = 100
/** Use is written down at most this often, so that reading through the API seldom writes. */
const usedEvery = 60_000

/** A name by which a person tells their own secrets apart. */
export function nameProblems(name: string): Problem[] {
  if (tidy(name) === '') return [{ field: 'name', code: 'required' }]
  return tidy(name).length > longestName ? [{ field: 'name', code: 'too-long', params: { max: longestName } }] : []
}

/** People issue tokens for themselves only; an operator's command issues them for anyone. */
const isTheirs = ({ actor }: Context, personId: number) => actor.kind === 'system' || actor.person.id === personId

/**
 * Issues a token for a person in a profile and answers its secret (`nams_…`), which is kept nowhere.
 * Refuses `invalid` a name that is empty or too long (`name`) and a profile that is not the person's today (`profile`
 * `not-represented`); `forbidden` for another person.
 */
export async function issueToken(ctx: Context, person: Party, profile: Party, name: string): Promise<string> {
  if (!isTheirs(ctx, person.id)) return refuse.forbidden()
  const secret = `nams_${newSecret()}`
  await change(ctx, 'token.issued', {}, async (tx) => {
    const mayAct = (await profilesOf(tx, person.id, ctx.today)).some(({ party }) => party.id === profile.id)
    refuseIfAny([...nameProblems(name), ...(mayAct ? [] : [{ field: 'profile', code: 'not-represented' }])])
    const given = { person_id: person.id, profile_id: profile.id, name: tidy(name), created_at: ctx.now }
    const { id } = await tx
      .insertInto('api_token')
      .values({ ...given, token_hash: hashOf(secret), used_at: null, revoked_at: null })
      .returning('id')
      .executeTakeFirstOrThrow()
    return { caseId: installation, subjectId: id, after: { name: given.name, person: person.name, profile: profile.name }, value: id }
  })
  return secret
}

const selectTokens = (db: Reader) =>
  db
    .selectFrom('api_token')
    .innerJoin('party', 'party.id', 'api_token.profile_id')
    .select(['api_token.id', 'person_id as personId', 'api_token.name', 'api_token.created_at as createdAt', 'used_at as usedAt'])
    .select(['party.id as profileId', 'party.kind', 'party.code', 'party.name as profileName'])
    .where('revoked_at', 'is', null)

type TokenRow = Awaited<ReturnType<ReturnType<typeof selectTokens>['executeTakeFirstOrThrow']>>

const tokenOf = ({ profileId, kind, code, profileName, ...row }: TokenRow): Token => ({
  ...row,
  profile: { id: profileId, kind, code, name: profileName },
})

/** A person's tokens that are not revoked, the newest first. */
export async function tokensOf(db: Reader, personId: number): Promise<Token[]> {
  const rows = await selectTokens(db).where('person_id', '=', personId).orderBy('api_token.id', 'desc').execute()
  return rows.map(tokenOf)
}

/** Ends a token at once. `missing` when there is none, it is revoked already or is another person's. */
export const revokeToken = (ctx: Context, id: number): Promise<null> =>
  change(ctx, 'token.revoked', {}, async (tx) => {
    const row = await selectTokens(tx).where('api_token.id', '=', id).forUpdate('api_token').executeTakeFirst()
    const token = row && isTheirs(ctx, row.personId) ? tokenOf(row) : refuse.missing()
    await tx.updateTable('api_token').set({ revoked_at: ctx.now }).where('id', '=', id).execute()
    return { caseId: installation, subjectId: id, before: { name: token.name, profile: token.profile.name }, value: null }
  })

const tokenActing = statement((db: Reader, { tokenHash, today }: { tokenHash: string; today: PlainDate }) =>
  db
    .selectFrom('api_token')
    .innerJoin('party as person', 'person.id', 'api_token.person_id')
    .innerJoin('party as profile', 'profile.id', 'api_token.profile_id')
    .select(['api_token.id', 'used_at as usedAt'])
    .select(actingColumns(today))
    .where('token_hash', '=', tokenHash)
    .where('revoked_at', 'is', null)
    .$castTo<{ id: number; usedAt: Date | null } & Acting>(),
)

/** Who acts with a token: undefined when it is unknown or revoked, or its person may not act in its profile today. */
export async function tokenActor(
  db: Reader,
  secret: string,
  { now, staff }: { now: Date; staff: Staff },
): Promise<PersonActor | undefined> {
  const [token] = await tokenActing(db, { tokenHash: hashOf(secret), today: dateAt(now) })
  const actor = token && actorOf(token, { staff })
  if (actor && (!token.usedAt || now.getTime() - token.usedAt.getTime() >= usedEvery))
    await writing(db, (tx) => tx.updateTable('api_token').set({ used_at: now }).where('id', '=', token.id).execute())
  return actor
}
