// How an installation's mail goes out: through its mail server, or in a demo without one into a folder.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { catalogue } from '../app.ts'
import type { Post } from '../notifications/delivery.ts'
import { eaddressChannel } from '../notifications/eaddress/channel.ts'
import { emailChannel } from '../notifications/email-channel.ts'
import { folderTransport } from '../notifications/mail-folder.ts'
import type { MailTransport } from '../notifications/mail.ts'
import { smtpTransport, type Signature } from '../notifications/smtp.ts'
import { pushChannel } from '../notifications/push/channel.ts'
import type { Config, DkimConfig } from '../platform/config.ts'
import { repliesTo } from '../problems/notices.ts'
import { pushKeysOf, pushServicesOf } from './push-keys.ts'
import { secretOf } from './secret.ts'

/** Throws where the key cannot be read. */
export const signatureOf = ({ domain, selector, keyFile }: DkimConfig): Signature => ({ domain, selector, key: readFileSync(keyFile, 'utf8') })

export const mailFolder = ({ dataDirectory }: Pick<Config, 'dataDirectory'>): string => join(dataDirectory, 'mail')

export const transportOf = ({ smtpUrl, mailFrom, dkim, ...config }: Config): MailTransport =>
  smtpUrl ? smtpTransport(smtpUrl, mailFrom, { dkim: dkim && signatureOf(dkim) }) : folderTransport(mailFolder(config), mailFrom)

/** Where people reach it: what is configured, or where a demo listens. */
export const publicUrlOf = ({ publicUrl, host, port }: Config, address = `http://${host}:${port}`): string => publicUrl ?? address

export function postOf(config: Config, address?: string): Post {
  const office = { transport: transportOf(config), publicUrl: publicUrlOf(config, address), secret: secretOf(config), bounceDomain: config.bounceDomain }
  const sender = { texts: catalogue, publicUrl: office.publicUrl }
  const { mailDomain } = config.support
  const email = emailChannel({ ...office, texts: catalogue, repliesTo: mailDomain === undefined ? undefined : repliesTo({ secret: office.secret, domain: mailDomain }) })
  const { eaddress } = config
  const keys = pushKeysOf(config)
  return { texts: catalogue, office, channels: { email, ...(keys && { push: pushChannel({ keys, services: pushServicesOf(config) }) }), ...(eaddress && { eaddress: eaddressChannel({ ...sender, config: eaddress, clock: () => new Date() }) }) } }
}
