// The secret of an installation, with which cookies and links are sealed.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../platform/config.ts'
import { newSecret } from '../platform/secret.ts'

/** A demo makes its own secret and keeps it, so that sessions outlive a restart. */
export function secretOf(config: Config): string {
  if (config.sessionSecret) return config.sessionSecret
  const file = join(config.dataDirectory, 'session-secret')
  mkdirSync(config.dataDirectory, { recursive: true })
  try {
    return readFileSync(file, 'utf8')
  } catch {
    const secret = newSecret()
    writeFileSync(file, secret, { mode: 0o600 })
    return secret
  }
}
