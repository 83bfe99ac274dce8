// How a profile wants to be told: which categories by which channel, its quiet hours, and whether mails come as a daily digest.
import { change } from '../history/change.ts'
import { installation } from '../history/actions.ts'
import { refuse, refuseIfAny, type Problem } from '../kernel/refusal.ts'
import { actsAlone, type PersonActor } from '../people/actor.ts'
import type { Context } from '../people/context.ts'
import type { Reader, Writer } from '../platform/database.ts'
import { categories, noticeKinds, noticeTypes, type Category, type NoticeKind } from './notice-types.ts'
import type { Timing } from './timing.ts'

/** The channels that a person may switch; an e-address cannot be. */
export const switchable = ['email', 'push'] as const
export type Switchable = (typeof switchable)[number]

export type Switched = `${Category}:${Switchable}`

/** `muted`: what is switched off. */
export type Preferences = Timing & { muted: ReadonlySet<Switched> }

/** As every door writes it: hours as text, empty for none; `muted` by category and channel. */
export type PreferencesDraft = { muted: readonly string[]; quietFrom: string; quietTo: string; digestHour: string }

export const switches: readonly Switched[] = categories.flatMap((category) => switchable.map((channel): Switched => `${category}:${channel}`))

/** What a category holds that cannot be muted. */
export const mandatoryKinds = (category: Category): NoticeKind[] =>
  noticeKinds.filter((kind) => noticeTypes[kind].category === category && noticeTypes[kind].mandatory)

const profileOf = ({ actor }: Context): PersonActor['profile'] => (actor.kind === 'person' ? actor.profile : refuse.missing())

async function preferencesOf(db: Reader, partyId: number): Promise<Preferences> {
  const muted = await db.selectFrom('muted_notices').select(['category', 'channel']).where('party_id', '=', partyId).execute()
  const timing = await db
    .selectFrom('notice_timing')
    .select(['quiet_from as quietFrom', 'quiet_to as quietTo', 'digest_hour as digestHour'])
    .where('party_id', '=', partyId)
    .executeTakeFirst()
  return { quietFrom: null, quietTo: null, digestHour: null, ...timing, muted: new Set(muted.map(({ category, channel }) => `${category}:${channel}` as Switched)) }
}

/** The preferences of the active profile, and whether the actor may change them: oneself, or who binds an organisation alone. */
export async function seePreferences(ctx: Context): Promise<Preferences & { mayChange: boolean }> {
  return { ...(await preferencesOf(ctx.db, profileOf(ctx).id)), mayChange: actsAlone(ctx.actor) }
}

const isHour = (text: string) => /^([01]?\d|2[0-3])$/.test(text)

function draftProblems({ muted, quietFrom, quietTo, digestHour }: PreferencesDraft): Problem[] {
  const problems: Problem[] = []
  for (const [field, text] of Object.entries({ quietFrom, quietTo, digestHour })) if (text !== '' && !isHour(text)) problems.push({ field, code: 'hour-format' })
  if ((quietFrom === '') !== (quietTo === '')) problems.push({ field: quietFrom === '' ? 'quietFrom' : 'quietTo', code: 'required' })
  else if (quietFrom !== '' && Number(quietFrom) === Number(quietTo)) problems.push({ field: 'quietTo', code: 'same-as-from' })
  for (const one of muted) if (!switches.includes(one as Switched)) problems.push({ field: 'muted', code: 'unknown' })
  return problems
}

const hourOf = (text: string): number | null => (text === '' ? null : Number(text))

async function store(tx: Writer, partyId: number, { muted, quietFrom, quietTo, digestHour }: Preferences): Promise<void> {
  await tx.deleteFrom('muted_notices').where('party_id', '=', partyId).execute()
  const rows = [...muted].map((one) => {
    const [category, channel] = one.split(':') as [Category, Switchable]
    return { party_id: partyId, category, channel }
  })
  if (rows.length > 0) await tx.insertInto('muted_notices').values(rows).execute()
  const timing = { quiet_from: quietFrom, quiet_to: quietTo, digest_hour: digestHour }
  await tx.insertInto('notice_timing').values({ party_id: partyId, ...timing }).onConflict((row) => row.column('party_id').doUpdateSet(timing)).execute()
}

const preferencesData = ({ muted, ...timing }: Preferences) => ({ ...timing, muted: [...muted].sort() })

/** What waits for the digest or the end of quiet hours keeps its hour; what is told from now on goes by the new choice. */
export const changePreferences = (ctx: Context, draft: PreferencesDraft): Promise<Preferences> =>
  change(ctx, 'preferences.changed', {}, async (tx) => {
    const profile = profileOf(ctx)
    if (!actsAlone(ctx.actor)) return refuse.forbidden()
    refuseIfAny(draftProblems(draft))
    const before = await preferencesOf(tx, profile.id)
    const after: Preferences = {
      muted: new Set(draft.muted as readonly Switched[]),
      quietFrom: hourOf(draft.quietFrom),
      quietTo: hourOf(draft.quietTo),
      digestHour: hourOf(draft.digestHour),
    }
    await store(tx, profile.id, after)
    return { caseId: installation, subjectId: profile.id, before: preferencesData(before), after: preferencesData(after), value: after }
  })
