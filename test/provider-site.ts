// An installation that people enter through a provider: both listen on this machine, with one visitor's browser before them.
import type { Log } from '../src/platform/log.ts'
import { openProvider, type Account, type Manner } from './provider.ts'
import { openServer } from './server.ts'
import { openVisitor, type Visitor } from './visitor.ts'
import { openWorld } from './world.ts'

export const anna: Account = { sub: 'a-1', given_name: 'Anna', family_name: 'Kalniņa', personal_code: 'PNOLV-320000-12345' }

const isCallback = ({ pathname }: URL) => pathname === '/sign-in/callback'

export type ProviderSite = Awaited<ReturnType<typeof openProviderSite>>

/** `lines`: what the operator's log says of refused sign-ins. `clock`: moved by tests. */
export async function openProviderSite({ isUp = true, demo = false, ...manner }: { isUp?: boolean; demo?: boolean } & Manner = {}) {
  const world = await openWorld()
  const provider = await openProvider(manner)
  const lines: { reason: string; detail: string }[] = []
  const log: Log = { info() {}, error() {}, warn: (details) => void lines.push(details as (typeof lines)[number]) }
  const clock = { now: world.now }
  const claims = { code: 'personal_code', givenName: 'given_name', surname: 'family_name' }
  const oidc = { issuer: provider.issuer, clientId: 'nams', clientSecret: provider.clientSecret, scope: 'openid profile', claims }
  const server = await openServer(world, { demo, clock: () => clock.now }, { oidc, log })
  const home = await server.listen({ host: '127.0.0.1', port: 0 })
  if (isUp) provider.begin(home)
  const visitor = openVisitor()
  const start = (by: Visitor = visitor, until?: (next: URL) => boolean) => by.submit(`${home}/sign-in/start`, { to: '/profile' }, until)
  return {
    world,
    server,
    provider,
    lines,
    clock,
    home,
    visitor,
    start,
    /** Signs in at the provider and stops before coming back: answers where the visitor would go. */
    backFrom: async (account: Account | null = anna, by: Visitor = visitor): Promise<URL> => {
      provider.choice.account = account
      return by.onward(await start(by, isCallback))!
    },
    persons: () => world.db.selectFrom('party').select(['id', 'code', 'name']).orderBy('id').execute(),
    events: () => world.db.selectFrom('event').select(['case_id', 'action', 'actor_id', 'before', 'after']).orderBy('id').execute(),
  }
}
