// Channels that have stopped: because the other side is away, or until the operator has put something right.
import { sql } from 'kysely'
import { writing, type Reader } from '../platform/database.ts'
import type { ChannelName, Obstacle } from './channel.ts'

export type Stopped = { channel: ChannelName; obstacle: Obstacle; answer: string; since: Date; againAt: Date }

/** How long nothing is tried on a channel that has stopped. */
const rest = 60_000

export const stops = (db: Reader): Promise<Stopped[]> =>
  db.selectFrom('channel_stop').select(['channel', 'obstacle', 'answer', 'since', 'again_at as againAt']).orderBy('channel').execute()

/** `since` stays that of the first stop. */
export const stopChannel = (db: Reader, channel: ChannelName, obstacle: Obstacle, answer: string, now: Date) =>
  writing(db, (tx) => {
    const again = new Date(now.getTime() + rest)
    return sql`insert into channel_stop (channel, obstacle, answer, since, again_at) values (${channel}, ${obstacle}, ${answer}, ${now}::timestamptz, ${again}::timestamptz)
      on conflict (channel) do update set obstacle = excluded.obstacle, answer = excluded.answer, again_at = excluded.again_at`.execute(tx)
  })

export const resumeChannel = (db: Reader, channel: ChannelName) =>
  writing(db, (tx) => tx.deleteFrom('channel_stop').where('channel', '=', channel).execute())
