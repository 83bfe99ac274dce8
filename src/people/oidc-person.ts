// The person behind an identity: registered when new, renamed when the provider says another name.
import { installation } from '../history/actions.ts'
import { change } from '../history/change.ts'
import type { Party } from './actor.ts'
import type { Context } from './context.ts'
import type { Identity } from './identity.ts'
import { personByCode } from './people.ts'

const namesOf = ({ givenName, surname }: Identity) => ({ name: `${givenName} ${surname}`, given_name: givenName, surname })

/** Two sign-ins of a new person may come at once: whoever is second finds the row. */
const register = (ctx: Context, identity: Identity): Promise<void> =>
  change(ctx, 'party.registered', {}, async (tx) => {
    const names = namesOf(identity)
    const person = { kind: 'person', code: identity.code, ...names, language: ctx.locale, created_at: ctx.now } as const
    const row = await tx
      .insertInto('party')
      .values({ ...person, email: null, email_verified_on: null })
      .onConflict((conflict) => conflict.columns(['kind', 'code']).doNothing())
      .returning('id')
      .executeTakeFirst()
    return row ? { caseId: installation, subjectId: row.id, after: { name: names.name }, value: undefined } : { unchanged: true, value: undefined }
  })

const rename = (ctx: Context, { id }: Party, identity: Identity): Promise<void> =>
  change(ctx, 'party.changed', {}, async (tx) => {
    const names = namesOf(identity)
    const stored = await tx.selectFrom('party').select('name').where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
    if (stored.name === names.name) return { unchanged: true, value: undefined }
    await tx.updateTable('party').set(names).where('id', '=', id).execute()
    return { caseId: installation, subjectId: id, before: { name: stored.name }, after: { name: names.name }, value: undefined }
  })

export async function personOf(ctx: Context, identity: Identity): Promise<Party> {
  const known = await personByCode(ctx.db, identity.code)
  if (known?.name === namesOf(identity).name) return known
  await (known ? rename(ctx, known, identity) : register(ctx, identity))
  return (await personByCode(ctx.db, identity.code))!
}
