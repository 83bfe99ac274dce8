// The mails about an address: the link that verifies it, and the neutral reminder that says nothing of what waits or for whom (DOMAIN 6.3).
import { sealed } from '../../platform/secret.ts'
import { say, type MessageKey, type Params } from '../../ui/locale.ts'
import { addressMailBounce } from '../bounces/bounce-address.ts'
import { bodyOf } from '../mail-body.ts'
import type { Mail } from '../mail.ts'
import { linkHours } from './address.ts'
import type { AddressMail } from './mail-queue.ts'

/** `secret`: of the installation, with which links are sealed. `bounceDomain`: where mails come back to. */
export type Letterhead = { publicUrl: string; secret: string; bounceDomain?: string | undefined }

export const addressesPath = '/profile/email'
export const linkPurpose = 'verify'

/** The reminder leads to signing in: whoever reads a mistyped or old address verifies nothing by it. */
export function addressMailOf({ id, kind, address, askedAt, language }: AddressMail, { publicUrl, secret, bounceDomain }: Letterhead, now: Date): Mail {
  const t = (key: MessageKey, params?: Params) => say(language, key, params)
  const host = new URL(publicUrl).hostname
  const path = kind === 'link' ? `/verify/${sealed(secret, linkPurpose, String(id))}` : addressesPath
  return {
    messageId: `<address.${id}.${askedAt.getTime().toString(36)}@${host}>`,
    to: { name: '', address },
    subject: t(`address-mail.${kind}.title`),
    ...bodyOf({
      language,
      title: t(`address-mail.${kind}.title`),
      description: t(`address-mail.${kind}.text`, { host, hours: linkHours }),
      button: { text: t(`address-mail.${kind}.button`), url: `${publicUrl}${path}` },
      small: [t(`address-mail.${kind}.why`)],
    }),
    language,
    date: now,
    host,
    ...(bounceDomain && { envelopeFrom: addressMailBounce({ secret, bounceDomain }, { id, address }) }),
  }
}
