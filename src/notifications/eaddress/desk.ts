// An installation's way to the official e-address service: its certificate and key, and a client that uses them.
import { readFileSync } from 'node:fs'
import type { EAddressConfig } from '../../platform/config.ts'
import { eaddressClient, type EAddressClient } from './client.ts'
import { EAddressFailure } from './faults.ts'
import { readIdentity, type Identity } from './identity.ts'

/** `limit`: milliseconds that one request may take, far below the lease of a delivery. */
export type DeskSettings = { config: EAddressConfig; clock: () => Date; limit?: number }

export type Desk = { client: EAddressClient; identity: Identity }

/** Throws `EAddressFailure` where the certificate and its key cannot be used. */
export function openDesk({ config, clock, limit = 60_000 }: DeskSettings): Desk {
  try {
    const identity = readIdentity(config.certificateFile, config.keyFile)
    const ca = config.caFile === undefined ? undefined : readFileSync(config.caFile, 'utf8')
    const { url, to, sender, hash } = config
    return { identity, client: eaddressClient({ url, to, sender, hash, identity, ca, limit, clock }) }
  } catch (error) {
    throw new EAddressFailure('misconfigured', 'certificate', (error as Error).message)
  }
}
