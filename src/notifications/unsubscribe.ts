// Switching a category's e-mail off by the link of a mail, without signing in (RFC 8058): the seal says whose and what.
import { installation } from '../history/actions.ts'
import { change } from '../history/change.ts'
import type { Context } from '../people/context.ts'
import { sealed, unsealed } from '../platform/secret.ts'
import { categories, noticeTypes, type Category, type NoticeKind } from './notice-types.ts'

/** What a link switches: the e-mail of a profile about these categories. */
export type Subscription = { partyId: number; categories: readonly Category[] }

const purpose = 'unsubscribe'

export const subscriptionPath = (secret: string, { partyId, categories }: Subscription): string => `/u/${sealed(secret, purpose, `${partyId.toString(36)}.${categories.join('-')}`)}`

const isCategory = (name: string): name is Category => (categories as readonly string[]).includes(name)

/** undefined: the link was made up. */
export function subscriptionOf(secret: string, token: string): Subscription | undefined {
  const [party = '', names = ''] = unsealed(secret, purpose, token)?.split('.') ?? []
  const known = names.split('-').filter(isCategory)
  return known.length > 0 ? { partyId: parseInt(party, 36), categories: known } : undefined
}

/** The categories of those kinds that may be muted; none where a kind may not. */
export const mutableCategories = (kinds: readonly NoticeKind[]): Category[] =>
  kinds.some((kind) => noticeTypes[kind].mandatory) ? [] : [...new Set(kinds.map((kind) => noticeTypes[kind].category))]

/** Switches these mails off, or on again; what is so already stays so. Nobody is known to be acting: the history says by which door. */
export const switchMails = (ctx: Context, { partyId, categories }: Subscription, to: 'off' | 'on'): Promise<null> =>
  change(ctx, 'preferences.changed', {}, async (tx) => {
    const muted = () => tx.selectFrom('muted_notices').select('category').where('party_id', '=', partyId).where('channel', '=', 'email').orderBy('category').execute()
    await tx.selectFrom('party').select('id').where('id', '=', partyId).forNoKeyUpdate().executeTakeFirstOrThrow()
    const before = await muted()
    if (to === 'on') await tx.deleteFrom('muted_notices').where('party_id', '=', partyId).where('channel', '=', 'email').where('category', 'in', categories).execute()
    else {
      const rows = categories.map((category) => ({ party_id: partyId, category, channel: 'email' as const }))
      await tx.insertInto('muted_notices').values(rows).onConflict((row) => row.doNothing()).execute()
    }
    const after = await muted()
    if (after.length === before.length) return { unchanged: true, value: null }
    const data = (rows: typeof before) => ({ muted: rows.map(({ category }) => `${category}:email`) })
    return { caseId: installation, subjectId: partyId, before: data(before), after: data(after), value: null }
  })
