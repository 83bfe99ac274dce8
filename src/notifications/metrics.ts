// The numbers of deliveries for a monitoring system: Prometheus text at /metrics, to this machine or whoever shows the token.
import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Reader } from '../platform/database.ts'
import { hashOf } from '../platform/secret.ts'
import { health, type ChannelHealth } from './health.ts'

const gauges: readonly [name: string, help: string, value: (channel: ChannelHealth) => number][] = [
  ['nams_deliveries_queued', 'Deliveries that are due now.', ({ queued }) => queued],
  ['nams_deliveries_deferred', 'Deliveries that wait for quiet hours, a digest or another attempt.', ({ deferred }) => deferred],
  ['nams_deliveries_oldest_seconds', 'How long the oldest delivery that may go has waited.', ({ oldestSeconds }) => oldestSeconds],
  ['nams_deliveries_sent_day', 'Deliveries handed over in the last 24 hours.', ({ sent }) => sent],
  ['nams_deliveries_failed_day', 'Deliveries that failed for good in the last 24 hours.', ({ failed }) => failed],
  ['nams_deliveries_prompt_ratio', 'Share of the deliveries of the last 24 hours that were handed over within ten seconds.', ({ sent, within }) => (sent === 0 ? 1 : within / sent)],
  ['nams_channel_stopped', '1 where a channel has stopped.', ({ stopped }) => (stopped ? 1 : 0)],
]

export const metricsText = (channels: readonly ChannelHealth[]): string =>
  gauges
    .map(([name, help, value]) => [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...channels.map((channel) => `${name}{channel="${channel.channel}"} ${value(channel)}`)].join('\n'))
    .join('\n') + '\n'

/** What a proxy passes on came from elsewhere, though it stands on this machine. */
const isFromHere = ({ ip, headers }: FastifyRequest) =>
  ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(ip) && headers['x-forwarded-for'] === undefined && headers['forwarded'] === undefined

const shows = ({ headers }: FastifyRequest, token: string) =>
  timingSafeEqual(Buffer.from(hashOf(headers.authorization ?? '')), Buffer.from(hashOf(`Bearer ${token}`)))

export function openMetrics(server: FastifyInstance, { db, clock, token }: { db: Reader; clock: () => Date; token: string | undefined }): void {
  server.get('/metrics', async (request, reply) => {
    const mayRead = token ? shows(request, token) : isFromHere(request)
    if (!mayRead) return reply.code(403).type('text/plain').send('The metrics are for this machine, or for whoever shows the token NAMS_METRICS_TOKEN.\n')
    return reply.type('text/plain; version=0.0.4; charset=utf-8').header('cache-control', 'no-store').send(metricsText(await health(db, clock())))
  })
}
