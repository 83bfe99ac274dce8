// A channel: one way for a notice to leave the program, whatever protocol it speaks, and what can become of a delivery on it.
import type { Context } from '../people/context.ts'
import type { Letter } from './email.ts'

export const channelNames = ['eaddress', 'email', 'push'] as const
/** In the order in which one takes over where another failed for good. In-system is none of them: every notice lies in its inbox. */
export type ChannelName = (typeof channelNames)[number]

/**
 * `refused`: this one never will be taken. `delayed`: it may be later. `unreachable`: nothing now, the other side is away.
 * `misconfigured`: nothing until the operator has put something right.
 */
export type Obstacle = 'refused' | 'delayed' | 'unreachable' | 'misconfigured'

/**
 * `answer`: the other side's own words, or the network's. `said`: the text as it was rendered. `notBefore`: when the other side
 * wants to be asked again, where that is later than it would be.
 */
export type Outcome = { obstacle: Obstacle | null; answer: string; said?: { subject: string; text: string } | undefined; notBefore?: Date | undefined }

export type Channel = {
  name: ChannelName
  /** Tries once, with no transaction open. A failure is an outcome; what it throws is a fault of the program. */
  send(ctx: Context, letter: Letter): Promise<Outcome>
  /** Several notices to one profile in one go: of a channel that joins digests. */
  sendDigest?(ctx: Context, letters: readonly Letter[]): Promise<Outcome>
  /** Asks what became of what was sent: of a channel whose other side tells it later. `configured`: the ways that may take over. */
  poll?(ctx: Context, configured: readonly ChannelName[]): Promise<void>
  close(): void
}

/** Answers of deliveries for which the recipient has no such way at all: no failure that an operator could mend. */
export const wayless: readonly string[] = ['unverified', 'no-eaddress']
