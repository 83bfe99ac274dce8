// What the answer of a push service means (INTERFACES 7.2; RFC 8030).
import type { Obstacle, Outcome } from '../channel.ts'

/** `isGone`: the device will never be told again by this address. `notBefore`: when the service wants to be asked again. */
export type PushAnswer = { obstacle: Obstacle | null; isGone: boolean; answer: string; notBefore?: Date | undefined }

/** What a status says of one message to one device. */
export function meaningOf(status: number): Pick<PushAnswer, 'obstacle' | 'isGone'> {
  if (status >= 200 && status < 300) return { obstacle: null, isGone: false }
  if (status === 404 || status === 410) return { obstacle: 'refused', isGone: true }
  if (status === 401 || status === 403) return { obstacle: 'misconfigured', isGone: false }
  if (status === 429 || status >= 500) return { obstacle: 'delayed', isGone: false }
  return { obstacle: 'refused', isGone: false }
}

const longestWait = 24 * 3_600_000

/** When `Retry-After` (seconds, or a date) asks to be tried again; at most a day later. */
export function retryAfter(header: string | null, now: Date): Date | undefined {
  if (!header) return undefined
  const at = /^\d+$/.test(header) ? now.getTime() + Number(header) * 1000 : Date.parse(header)
  return at > now.getTime() ? new Date(Math.min(at, now.getTime() + longestWait)) : undefined
}

const gravest: readonly Obstacle[] = ['misconfigured', 'unreachable', 'delayed', 'refused']

/** What became of a notice that went to all devices of a profile: it was taken where one took it; refused where none is left. */
export function outcomeOf(answers: readonly PushAnswer[]): Outcome {
  const answer = [...new Set(answers.map(({ answer }) => answer))].join('; ').slice(0, 500)
  if (answers.some(({ obstacle }) => obstacle === null)) return { obstacle: null, answer }
  const left = answers.filter(({ isGone }) => !isGone)
  const waits = left.flatMap(({ notBefore }) => (notBefore ? [notBefore.getTime()] : []))
  const obstacle = gravest.find((one) => left.some(({ obstacle }) => obstacle === one)) ?? 'refused'
  return { obstacle, answer: answer || 'no-device', ...(waits.length > 0 && { notBefore: new Date(Math.min(...waits)) }) }
}
