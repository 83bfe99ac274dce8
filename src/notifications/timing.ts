// When a delivery goes: at once, after a person's quiet hours, or with the day's digest. Put off, never dropped.
import type { ChannelName } from './channel.ts'
import { noticeTypes, type NoticeKind } from './notice-types.ts'

/** Hours of the day in Europe/Riga, 0 to 23. Quiet from 22 to 7 is the night. `digestHour` null: everything at once. */
export type Timing = { quietFrom: number | null; quietTo: number | null; digestHour: number | null }

const zone = 'Europe/Riga'
const local = (instant: Date) => Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone)
const asDate = (moment: Temporal.ZonedDateTime) => new Date(moment.epochMilliseconds)

/** The next time that the clock strikes this hour, after `instant`. */
function next(hour: number, instant: Date): Date {
  const now = local(instant)
  const today = now.toPlainDate().toZonedDateTime({ timeZone: zone, plainTime: { hour } })
  return asDate(Temporal.ZonedDateTime.compare(today, now) > 0 ? today : now.toPlainDate().add({ days: 1 }).toZonedDateTime({ timeZone: zone, plainTime: { hour } }))
}

function isQuiet({ quietFrom, quietTo }: Timing, instant: Date): boolean {
  if (quietFrom === null || quietTo === null) return false
  const { hour } = local(instant)
  return quietFrom < quietTo ? hour >= quietFrom && hour < quietTo : hour >= quietFrom || hour < quietTo
}

const afterQuiet = (timing: Timing, instant: Date): Date => (isQuiet(timing, instant) ? next(timing.quietTo!, instant) : instant)

/** Mails that a person may mute wait for the digest; a push and what is mandatory do not. */
export const joinsDigest = ({ digestHour }: Timing, channel: ChannelName, kind: NoticeKind): boolean =>
  digestHour !== null && channel === 'email' && !noticeTypes[kind].mandatory

/** Not before this: `instant` itself where it may go at once. An e-address is a mailbox that does not ring. */
export function readyAt(timing: Timing, channel: ChannelName, kind: NoticeKind, instant: Date): Date {
  if (channel === 'eaddress') return instant
  return afterQuiet(timing, joinsDigest(timing, channel, kind) ? next(timing.digestHour!, instant) : instant)
}
