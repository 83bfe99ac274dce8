// The program's pages over a test's world, as an installation that a test sets up.
import { after } from 'node:test'
import { createApp, type AppSettings } from '../src/app.ts'
import { unreadCount } from '../src/notifications/store.ts'
import type { Installation } from '../src/people/door.ts'
import { nobody, type World } from './world.ts'

export const installationOf = (world: World, changes: Partial<Installation> = {}): Installation => ({
  db: world.db,
  viewer: world.database.viewer,
  settings: world.system().settings,
  staff: nobody,
  demo: false,
  secure: false,
  clock: () => world.now,
  unread: unreadCount,
  ...changes,
})

export async function openServer(world: World, changes: Partial<Installation> = {}, settings: Partial<AppSettings> = {}) {
  const quiet = { secret: 'a secret of a test, long enough to sign with', trustProxy: false, logger: false }
  const server = await createApp(installationOf(world, changes), { ...quiet, ...settings })
  after(() => server.close())
  return server
}
