// The keys by which push services know an installation: configured, or in a demo made once and kept.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import webPush from 'web-push'
import type { PushSettings } from '../notifications/push/device-actions.ts'
import { knownServices, type ServerKeys } from '../notifications/push/subscription.ts'
import type { Config } from '../platform/config.ts'
import { note, print, verb } from './verb.ts'

/** A demo keeps its own: devices that were added can be told by no other. */
function keptKeys({ dataDirectory, mailFrom }: Config): ServerKeys {
  const file = join(dataDirectory, 'push-keys.json')
  mkdirSync(dataDirectory, { recursive: true })
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ServerKeys
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error
    const subject = `mailto:${/[^\s<>]+@[^\s<>]+/.exec(mailFrom)?.[0] ?? 'nams@localhost'}`
    const keys = { ...webPush.generateVAPIDKeys(), subject }
    writeFileSync(file, JSON.stringify(keys), { mode: 0o600 })
    return keys
  }
}

/** undefined: this installation pushes nothing. */
export const pushKeysOf = (config: Config): ServerKeys | undefined => config.pushKeys ?? (config.mode === 'demo' ? keptKeys(config) : undefined)

export const pushServicesOf = ({ pushServices }: Config): readonly string[] => pushServices ?? knownServices

export function pushSettingsOf(config: Config): PushSettings | undefined {
  const keys = pushKeysOf(config)
  return keys && { publicKey: keys.publicKey, services: pushServicesOf(config) }
}

async function run(): Promise<void> {
  const { publicKey, privateKey } = webPush.generateVAPIDKeys()
  print(`NAMS_VAPID_PUBLIC_KEY=${publicKey}\nNAMS_VAPID_PRIVATE_KEY=${privateKey}`)
  note('Keep them: with other keys every person has to add each device again. NAMS_VAPID_SUBJECT is whom push services write to: mailto:… or https://…')
}

export const pushKeysVerb = new Command('push-keys')
  .description('Make a pair of keys for telling devices by push, and print it as settings.')
  .addHelpText(
    'after',
    `
It keeps and changes nothing: put what it prints where the installation's settings are.

Example:
  nams push-keys >> /etc/nams.env`,
  )
  .action(verb(run))
