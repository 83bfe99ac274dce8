// Every way in and out, as this installation has it: through a provider, through a demo's list, or both.
import type { FastifyInstance } from 'fastify'
import type { OidcConfig } from '../platform/config.ts'
import type { Log } from '../platform/log.ts'
import type { Installation } from './door.ts'
import { openidProvider } from './oidc.ts'
import { leaveProvider, openProviderSignIn } from './provider-sign-in.ts'
import type { RolesOf } from './role.ts'
import { openDemoSignIn, openLeaving, openSignIn } from './sign-in.ts'

export type Entrance = {
  oidc: OidcConfig | undefined
  /** Where people reach this site; in a demo without one, where it listens. */
  publicUrl: string | undefined
  log: Log
  rolesOf: RolesOf
}

export function openEntrance(server: FastifyInstance, installation: Installation, { oidc, publicUrl, log, rolesOf }: Entrance): void {
  const home = () => publicUrl ?? server.listeningOrigin
  const through = oidc && { provider: openidProvider(oidc), claims: oidc.claims, home, log }
  openSignIn(server, installation, { providerHost: through?.provider.host, rolesOf })
  if (through) openProviderSignIn(server, installation, through)
  if (installation.demo) openDemoSignIn(server, installation)
  openLeaving(server, installation, through ? leaveProvider(installation, through) : async (_request, reply) => reply.redirect('/sign-in', 303))
}
