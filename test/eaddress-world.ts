// A world for tests of the official e-address: an owner, a building permit that she is to be told of, and the service.
import { catalogue } from '../src/app.ts'
import { eaddressChannel } from '../src/notifications/eaddress/channel.ts'
import { addressOf } from '../src/notifications/eaddress/message.ts'
import { eaddressProofs } from '../src/notifications/eaddress/store.ts'
import { configuredOf, deliverAll, type Post } from '../src/notifications/delivery.ts'
import { emailChannel } from '../src/notifications/email-channel.ts'
import type { Mail } from '../src/notifications/mail.ts'
import { failSilent } from '../src/notifications/silence.ts'
import { tell } from '../src/notifications/tell.ts'
import { writing } from '../src/platform/database.ts'
import { silentLog, type Log } from '../src/platform/log.ts'
import { openEAddressServer } from './eaddress-server.ts'
import { openWorld } from './world.ts'

const decision = { number: '12/2026', authority: 'Cēsu būvvalde', date: '2026-11-20', about: 'Ķiršu iela 12, Cēsis', note: '' }

/** An owner with an e-address and a mailbox, and a building permit that she is to be told of. It is Monday, 23 November 2026. */
export async function permitted({ hasEAddress = true, limit = 30_000 } = {}) {
  let now = new Date('2026-11-23T08:00:00Z')
  const world = await openWorld()
  const clock = () => now
  const server = await openEAddressServer({ clock })
  const owner = await world.person('Anna Kalniņa', 'anna@example.test')
  const address = addressOf('person', owner.code)
  if (hasEAddress) server.known.active.add(address)
  const mails: Mail[] = []
  const transport = { send: async (mail: Mail) => (mails.push(mail), '250 OK'), check: async () => {}, close: () => {} }
  const sender = { texts: catalogue, publicUrl: 'https://nams.example.test' }
  const { certFile, keyFile } = server.client
  const config = {
    ...{ url: server.url, to: server.url, sender: server.sender, senderTitle: 'Cēsu novada būvvalde', hash: 'sha1' as const },
    ...{ certificateFile: certFile, keyFile, caFile: server.authority.certFile },
  }
  const open = () => eaddressChannel({ ...sender, config, clock, limit })
  const post: Post = { texts: catalogue, channels: { email: emailChannel({ transport, ...sender }), eaddress: open() } }
  const said: object[] = []
  const log: Log = { ...silentLog, error: (details) => void said.push(details), warn: (details) => void said.push(details) }
  const ctx = () => ({ ...world.system(), now, log, settings: { ...world.system().settings, channels: ['eaddress', 'email', 'push'] as const } })
  const noticeId = await writing(world.db, (tx) => tell(tx, ctx(), { kind: 'PERMIT_ISSUED', data: decision, recipients: [owner.id] }))
  return {
    ...{ world, server, owner, address, mails, post, config, open, said, noticeId },
    /** Delivers and asks what became of it, as the jobs do. */
    work: async (instant: string) => {
      now = new Date(instant)
      await deliverAll(ctx, post)
      for (const channel of Object.values(post.channels)) await channel.poll?.(ctx(), configuredOf(post))
    },
    silence: () => failSilent(ctx(), post),
    states: async () => {
      const rows = await world.db.selectFrom('delivery').select(['channel', 'state']).orderBy('channel').execute()
      return rows.map(({ channel, state }) => `${channel} ${state}`)
    },
    proof: async () => (await eaddressProofs(world.db, noticeId, [owner.id])).get(owner.id),
    row: () => world.db.selectFrom('eaddress_message').selectAll().executeTakeFirst(),
  }
}
