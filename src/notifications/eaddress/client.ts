// Speaks with the official e-address service: one method for each thing that Nams asks of it. Knows nothing of notices.
import type { PublicKey } from './encryption.ts'
import { exchange, type Line } from './exchange.ts'
import { EAddressFailure } from './faults.ts'
import { addressOf } from './message.ts'
import { ns } from './names.ts'
import { notificationsIn, type Notification } from './notification.ts'
import { sendMessage, type Call, type Outgoing } from './sending.ts'
import { soapRequest, type Speaking } from './soap.ts'
import { allWith, childText, xmlText, type Element } from './xml.ts'

/** `sender`: our own e-address. `clock`: the time of each request, which must be near the service's. */
export type ClientSettings = Line & Speaking & { sender: string; clock: () => Date }

export type Holder = { kind: 'person' | 'organisation'; code: string }

/** Every method throws `EAddressFailure` where the service refuses or cannot be reached. */
export type EAddressClient = {
  /** Whether a person or organisation has an e-address in use. Asked once in 24 hours for each. */
  isActive(holder: Holder): Promise<boolean>
  /** Answers the service's id of the message. Sent again, the same envelope is the same message. */
  send(outgoing: Omit<Outgoing, 'sender'>): Promise<string>
  /** What the service has to tell and what was not confirmed yet, at most so many. */
  notifications(most?: number): Promise<{ notifications: Notification[]; hasMore: boolean }>
  /** Confirmed ones are not told again. */
  confirmNotifications(ids: readonly string[]): Promise<void>
  /** The service's signed word that it took the message, as it came; null while it has none yet. */
  serverConfirmation(messageId: string): Promise<Buffer | null>
  /** The keys of those of the addresses that have one. */
  publicKeys(addresses: readonly string[]): Promise<PublicKey[]>
}

const day = 24 * 60 * 60_000
const mostRemembered = 10_000

const list = (name: string, item: string, values: readonly string[]): string =>
  `<${name}>${values.map((value) => `<${item} xmlns="${ns.arrays}">${xmlText(value)}</${item}>`).join('')}</${name}>`

const isValidAt = (result: Element, now: Date): boolean => {
  const ends = childText(result, 'DeactivationDateTime')
  return childText(result, 'IsValid') === 'true' && (ends === '' || new Date(ends) > now)
}

async function askWhetherActive(call: Call, { kind, code }: Holder, now: Date): Promise<boolean> {
  const address = addressOf(kind, code)
  const type = kind === 'person' ? 'PhysicalPerson' : 'RegistryRegisteredPerson'
  const { body } = await call('ValidateEAddress', list('EAddresses', 'string', [address]), `<Type>${type}</Type>`)
  return allWith(body, 'IsValid').some((result) => childText(result, 'EAddress').toLowerCase() === address.toLowerCase() && isValidAt(result, now))
}

const publicKeyIn = (element: Element): PublicKey => ({
  address: childText(element, 'EAddress'),
  thumbprint: childText(element, 'CertificateThumbprint'),
  modulus: childText(element, 'Modulus'),
  exponent: childText(element, 'Exponent'),
})

export function eaddressClient(settings: ClientSettings): EAddressClient {
  const { clock, sender } = settings
  const known = new Map<string, { isActive: boolean; at: number }>()
  const call: Call = (operation, ...body) => exchange(settings, soapRequest(operation, body, settings, clock()))

  return {
    async isActive(holder) {
      const now = clock()
      const key = addressOf(holder.kind, holder.code)
      const before = known.get(key)
      if (before && now.getTime() - before.at < day) return before.isActive
      const isActive = await askWhetherActive(call, holder, now)
      if (known.size >= mostRemembered) known.clear()
      known.set(key, { isActive, at: now.getTime() })
      return isActive
    },
    send: (outgoing) => sendMessage(call, { ...outgoing, sender }),
    notifications: async (most = 100) => notificationsIn((await call('GetNotificationList', `<MaxResultCount>${most}</MaxResultCount>`)).body),
    async confirmNotifications(ids) {
      if (ids.length > 0) await call('ConfirmNotificationList', list('NotificationIds', 'long', ids))
    },
    async serverConfirmation(messageId) {
      try {
        return Buffer.from((await call('GetMessageServerConfirmation', `<MessageId>${xmlText(messageId)}</MessageId>`)).xml)
      } catch (error) {
        if (error instanceof EAddressFailure && error.meaning === 'not-yet') return null
        throw error
      }
    },
    async publicKeys(addresses) {
      const { body } = await call('GetPublicKeyList', list('Recipients', 'string', addresses))
      return allWith(body, 'Modulus').map(publicKeyIn)
    },
  }
}
