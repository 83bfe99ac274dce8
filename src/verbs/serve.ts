// `nams serve`: the pages and the API, and the jobs beside them unless told not to.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createApp } from '../app.ts'
import type { Installation } from '../people/door.ts'
import { readConfig, type Config } from '../platform/config.ts'
import { newSecret } from '../platform/secret.ts'
import { open, type Opened } from './verb.ts'

/** A demo makes its own secret and keeps it, so that sessions outlive a restart. */
function secretOf(config: Config): string {
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

export const installationOf = ({ config, database }: Opened): Installation => ({
  db: database.reader,
  settings: { inspectionPolicy: config.inspectionPolicy },
  operatorCodes: config.operatorCodes,
  demo: config.mode === 'demo',
  secure: config.publicUrl?.startsWith('https:') ?? false,
  clock: () => new Date(),
  unread: async () => 0,
})

/** Serves until it is told to stop (SIGINT, SIGTERM); answers what was begun before it closes. */
export async function serve({ jobs = true }: { jobs?: boolean }): Promise<void> {
  const config = readConfig()
  const opened = await open(config)
  void jobs
  const server = await createApp(installationOf(opened), { secret: secretOf(config), trustProxy: config.trustProxy, logger: config.mode === 'production' })
  const stop = async () => {
    await server.close()
    await opened.database.close()
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  const address = await server.listen({ host: config.host, port: config.port })
  console.log(`Nams is ready at ${config.publicUrl ?? address}`)
}
