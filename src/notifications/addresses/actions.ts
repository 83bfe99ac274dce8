// What people do with the e-mail addresses of their profile: give one, verify it, choose the main one, remove it (DOMAIN 6.4).
import { refuse, refuseIfAny } from '../../kernel/refusal.ts'
import { installation } from '../../history/actions.ts'
import { change, type Done } from '../../history/change.ts'
import { actsAlone, type Party } from '../../people/actor.ts'
import type { Context } from '../../people/context.ts'
import type { Writer } from '../../platform/database.ts'
import { addressProblems, isInUse, isSame, mainId, mostLinks, mostOthers, type Address, type Addresses } from './address.ts'
import * as store from './store.ts'

const day = 24 * 3_600_000

/** Who represents an organisation jointly sees its addresses and changes none alone. */
export const mayChangeAddresses = ({ actor }: Context): boolean => actsAlone(actor)

const ownerOf = ({ actor }: Context): Party => (actor.kind === 'person' ? actor.profile : refuse.missing())

export const addresses = (ctx: Context): Promise<Addresses> => store.addressesOf(ctx.db, ownerOf(ctx).id)

/** The profile's addresses, which nobody else changes until the end. */
async function held(ctx: Context, tx: Writer): Promise<Addresses & { owner: Party; find: (id: number) => Address }> {
  if (!mayChangeAddresses(ctx)) return refuse.forbidden()
  const owner = ownerOf(ctx)
  await store.lockParty(tx, owner.id)
  const all = await store.addressesOf(tx, owner.id)
  const find = (id: number) => [all.main, ...all.others].find((address) => address?.id === id) ?? refuse.missing()
  return { ...all, owner, find }
}

async function ask(tx: Writer, ctx: Context, owner: Party, address: string): Promise<void> {
  const asked = await store.linksSince(tx, owner.id, address, new Date(ctx.now.getTime() - day))
  if (asked >= mostLinks) return refuse.conflict('', 'too-many-links')
  await store.queueLink(tx, owner.id, address, ctx.now)
}

const done = (owner: Party, facts: Pick<Done<null>, 'before' | 'after'>): Done<null> => ({ caseId: installation, subjectId: owner.id, ...facts, value: null })

const typedAddress = (typed: string): string => {
  const address = typed.trim()
  refuseIfAny(addressProblems(address))
  return address
}

/**
 * Sets the main address while none is verified, and sends the link that verifies it. A verified one is not typed over, so that
 * mail never stops: another is added, verified and chosen.
 */
export const setMainAddress = (ctx: Context, typed: string): Promise<null> =>
  change(ctx, 'email.set', {}, async (tx) => {
    const { main, others, owner } = await held(ctx, tx)
    if (main?.verifiedOn) return refuse.conflict('address', 'main-verified')
    const address = typedAddress(typed)
    if (others.some((other) => isSame(other.address, address))) return refuse.conflict('address', 'already-there')
    await store.writeMain(tx, owner.id, { address, verifiedOn: null })
    await ask(tx, ctx, owner, address)
    return done(owner, { before: { email: main?.address ?? null }, after: { email: address } })
  })

/** Adds an address that can take the main one's place, and sends the link that verifies it. The main one has to be verified. */
export const addAddress = (ctx: Context, typed: string): Promise<null> =>
  change(ctx, 'email.added', {}, async (tx) => {
    const { main, others, owner } = await held(ctx, tx)
    if (!main?.verifiedOn) return refuse.conflict('address', 'main-unverified')
    const address = typedAddress(typed)
    if ([main, ...others].some((other) => isSame(other.address, address))) return refuse.conflict('address', 'already-there')
    if (others.length >= mostOthers) return refuse.conflict('address', 'too-many-addresses')
    await store.writeOther(tx, owner.id, { address, verifiedOn: null })
    await ask(tx, ctx, owner, address)
    return done(owner, { after: { email: address } })
  })

/** Sends the link again, to what is not verified or was refused by its server. */
export const askForLink = (ctx: Context, id: number): Promise<null> =>
  change(ctx, 'email.link-asked', {}, async (tx) => {
    const { owner, find } = await held(ctx, tx)
    const address = find(id)
    if (isInUse(address)) return { unchanged: true, value: null }
    await ask(tx, ctx, owner, address.address)
    return done(owner, { after: { email: address.address } })
  })

/** Makes a verified address the main one; the main one before it becomes one of the others. */
export const chooseMainAddress = (ctx: Context, id: number): Promise<null> =>
  change(ctx, 'email.chosen', {}, async (tx) => {
    const { main, owner, find } = await held(ctx, tx)
    const chosen = find(id)
    if (id === mainId) return { unchanged: true, value: null }
    if (!isInUse(chosen)) return refuse.conflict('', 'address-unverified')
    await store.removeOther(tx, id)
    if (main) await store.writeOther(tx, owner.id, main)
    await store.writeMain(tx, owner.id, chosen)
    return done(owner, { before: { email: main?.address ?? null }, after: { email: chosen.address } })
  })

/** Removes an address; a verified one only where it was confirmed. The main one goes last. */
export const removeAddress = (ctx: Context, id: number, { isConfirmed }: { isConfirmed: boolean }): Promise<null> =>
  change(ctx, 'email.removed', {}, async (tx) => {
    const { others, owner, find } = await held(ctx, tx)
    const removed = find(id)
    if (id === mainId && others.length > 0) return refuse.conflict('', 'main-has-others')
    if (removed.verifiedOn && !isConfirmed) return refuse.conflict('', 'not-confirmed')
    if (id === mainId) await store.writeMain(tx, owner.id, null)
    else await store.removeOther(tx, id)
    return done(owner, { before: { email: removed.address, emailVerifiedOn: removed.verifiedOn } })
  })

/** The address of a link that still verifies; `missing` where it was used, has expired, or its address was removed. */
export async function addressOfLink(ctx: Context, id: number): Promise<Address> {
  const link = (await store.openLink(ctx.db, id, ctx.now)) ?? refuse.missing()
  const { main, others } = await store.addressesOf(ctx.db, link.partyId)
  return [main, ...others].find((one) => one !== null && isSame(one.address, link.address)) ?? refuse.missing()
}

/** Whoever opens the link reads the mailbox, signed in or not. Each link once; mail that its server had refused goes there again. */
export const verifyAddress = (ctx: Context, id: number): Promise<string> =>
  change(ctx, 'email.verified', {}, async (tx) => {
    const { partyId } = (await store.openLink(tx, id, ctx.now)) ?? refuse.missing()
    await store.lockParty(tx, partyId)
    const { id: place, address, verifiedOn: before } = await addressOfLink({ ...ctx, db: tx }, id)
    if (!(await store.useLink(tx, id, ctx.now))) return refuse.missing()
    if (place === mainId) await store.writeMain(tx, partyId, { address, verifiedOn: ctx.today })
    else await store.verifyOther(tx, place, ctx.today)
    await store.liftSuppression(tx, address)
    return { caseId: installation, subjectId: partyId, before: { email: address, emailVerifiedOn: before }, after: { email: address, emailVerifiedOn: ctx.today }, value: address }
  })
