// `nams serve`: the pages and the API, and the jobs beside them unless told not to.
import { Command } from 'commander'
import { createApp } from '../app.ts'
import { unreadCount } from '../notifications/store.ts'
import type { Staff } from '../people/actor.ts'
import type { Installation } from '../people/door.ts'
import { readConfig, type Config } from '../platform/config.ts'
import { hearBounces } from './bounce.ts'
import { beginDemo, demoAuthorities, demoStaff } from './demo.ts'
import { startJobs } from './jobs.ts'
import { mailFolder, postOf, publicUrlOf } from './post.ts'
import { pushSettingsOf } from './push-keys.ts'
import { secretOf } from './secret.ts'
import { untilStopped } from './stop.ts'
import { exit, logOf, note, open, print, settingsOf, Stop, verb, type Opened } from './verb.ts'

const clock = () => new Date()

/** In a demo its own people, unless others are named. */
const staffOf = ({ mode, staff }: Config): Staff => {
  const orDemo = (who: keyof Staff) => (mode === 'demo' && staff[who].size === 0 ? demoStaff[who] : staff[who])
  return { operators: orDemo('operators'), support: orDemo('support') }
}

const installationOf = ({ config, database }: Opened): Installation => ({
  db: database.reader,
  viewer: database.viewer,
  settings: { ...settingsOf(config), authorities: config.mode === 'demo' && config.authorityCodes.size === 0 ? demoAuthorities : config.authorityCodes },
  staff: staffOf(config),
  demo: config.mode === 'demo',
  secure: config.publicUrl?.startsWith('https:') ?? false,
  clock,
  unread: unreadCount,
})

type Server = Awaited<ReturnType<typeof createApp>>

async function listen(server: Server, { host, port }: Config): Promise<string> {
  try {
    return await server.listen({ host, port })
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    if (code === 'EADDRINUSE') throw new Stop(`Port ${port} on ${host} is in use: stop what uses it, or set PORT to another.`, exit.inUse)
    throw new Stop(`It cannot listen on ${host}, port ${port}: ${message}`)
  }
}

const isLocal = (host: string) => ['localhost', '127.0.0.1', '::1'].includes(host)

function announce(config: Config, address: string): void {
  const url = publicUrlOf(config, address)
  const words = `Nams is ready at ${url}`
  if (config.mode === 'production') return logOf(config).info({ address, url }, words)
  print(`${words} (a demo: the people and buildings are invented)`)
  if (!isLocal(config.host)) note(`Whoever reaches ${config.host} may sign in as anyone: a demo belongs on 127.0.0.1.`)
}

/** Serves until it is told to stop; answers what was begun before it closes. */
async function serveOpened(opened: Opened, stopped: Promise<void>, withJobs: boolean): Promise<void> {
  const { config } = opened
  const log = logOf(config)
  if (config.mode === 'demo') await beginDemo({ opened, clock, log })
  const server = await createApp(installationOf(opened), {
    shedsLoad: 'url' in config.database,
    secret: secretOf(config),
    trustProxy: config.trustProxy,
    metricsToken: config.metricsToken,
    logger: config.mode === 'production',
    oidc: config.oidc,
    publicUrl: config.publicUrl,
    push: pushSettingsOf(config),
    log,
    ...(!config.smtpUrl && { mailFolder: mailFolder(config) }),
  })
  try {
    const address = await listen(server, config)
    const working = { opened, clock, log, post: postOf(config, address) }
    const listener = withJobs ? await hearBounces(working) : undefined
    announce(config, address)
    const jobs = withJobs ? startJobs(working) : undefined
    await stopped
    await Promise.all([server.close(), jobs?.stop(), listener?.close()])
  } finally {
    await server.close()
  }
}

async function run({ jobs }: { jobs: boolean }): Promise<void> {
  const config = readConfig()
  const stopped = untilStopped()
  const opened = await open(config)
  try {
    await serveOpened(opened, stopped, jobs)
  } finally {
    await opened.database.close()
  }
}

export const serveVerb = new Command('serve')
  .description('Serve the pages and the API, and run the jobs beside them.')
  .option('--no-jobs', 'leave the jobs to `nams work`')
  .addHelpText(
    'after',
    `
Without configuration it is a demo at http://127.0.0.1:3000 with an embedded database. /health answers 200 once it serves.
SIGINT and SIGTERM stop it: what was begun is answered first.

Example:
  NAMS_DATA=/srv/nams PORT=8080 nams serve`,
  )
  .action(verb(run))
