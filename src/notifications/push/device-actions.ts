// What people do with their devices: have one told of the active profile's notices, and no longer.
import { refuse, refuseIfAny } from '../../kernel/refusal.ts'
import { installation } from '../../history/actions.ts'
import { change } from '../../history/change.ts'
import { deviceName } from '../../people/device.ts'
import type { Context } from '../../people/context.ts'
import { forgetOthersOn, keepDevice } from './device-store.ts'
import { endpointProblem, keysProblem, type Subscription } from './subscription.ts'

/** What the pages need to know of push: the key that browsers are given, and the services that may be sent to. */
export type PushSettings = { publicKey: string; services: readonly string[] }

/** Of one person, in all profiles. */
export const mostDevices = 20

const actorOf = ({ actor }: Context) => (actor.kind === 'person' ? actor : refuse.missing())

const shown = (device: string, profile: string) => ({ device: deviceName(device) ?? null, profile })

/**
 * Tells this device of the active profile's notices from now on; again for one that is told changes nothing. A device is one
 * person's: others who asked for it in the same browser are told no longer. `device`: what its browser says of itself.
 * Refuses `invalid` on `device`: `unreadable`, `service-unknown`, `too-many`.
 */
export function addDevice(ctx: Context, settings: PushSettings, subscription: Subscription, device: string): Promise<null> {
  const { person, profile } = actorOf(ctx)
  const wrong = endpointProblem(subscription.endpoint, settings.services) ?? keysProblem(subscription)
  refuseIfAny(wrong ? [wrong] : [])
  return change(ctx, 'device.added', { unique: 'device' }, async (tx) => {
    await forgetOthersOn(tx, subscription.endpoint, person.id)
    const given = { ...subscription, partyId: profile.id, personId: person.id, serverKey: settings.publicKey, device, at: ctx.now }
    const id = await keepDevice(tx, given)
    if (id === undefined) return { unchanged: true, value: null }
    const own = await tx.selectFrom('push_subscription').select('id').where('person_id', '=', person.id).execute()
    if (own.length > mostDevices) return refuse.field('device', 'too-many', { max: mostDevices })
    return { caseId: installation, subjectId: id, after: shown(device, profile.name), value: null }
  })
}

/** Ends that a device is told. People end their own only, another's is `missing`; the system ends those that are gone. */
export const removeDevice = (ctx: Context, id: number): Promise<null> =>
  change(ctx, 'device.removed', {}, async (tx) => {
    const row = await tx
      .selectFrom('push_subscription')
      .innerJoin('party', 'party.id', 'push_subscription.party_id')
      .select(['person_id', 'device', 'name'])
      .where('push_subscription.id', '=', id)
      .forUpdate('push_subscription')
      .executeTakeFirst()
    if (!row || (ctx.actor.kind === 'person' && ctx.actor.person.id !== row.person_id)) return refuse.missing()
    await tx.deleteFrom('push_subscription').where('id', '=', id).execute()
    return { caseId: installation, subjectId: id, before: shown(row.device, row.name), value: null }
  })
