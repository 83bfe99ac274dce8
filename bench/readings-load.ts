// A process that asks a server on this machine as fast as it answers, over so many connections, for so long; see `readings-http.ts`.
import { connect } from 'node:net'
import { caseNumberOf, laterReading, meterIdOf, metersPerHouse, tokenOf } from './readings-data.ts'

/** `place`: how many of the same kind were asked before. */
export type Asked = { port: number; kind: 'submit' | 'list'; connections: number; milliseconds: number; houses: number; place: number }
/** `perSecond`: answers as they should be; `others`: by status, those that are not. */
export type Answered = { perSecond: number; place: number; others: Record<string, number> }

const head = (method: string, house: number, rest: string) =>
  `${method} /api/v1/cases/${caseNumberOf(house)}/meters${rest} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${tokenOf(house)}\r\n`

/** One after another in different houses, then their next meters, then the next day. */
function requestAt(place: number, { kind, houses }: Asked): string {
  const house = (place % houses) + 1
  if (kind === 'list') return `${head('GET', house, '')}\r\n`
  const turn = Math.floor(place / houses)
  const { readOn, value } = laterReading(Math.floor(turn / metersPerHouse))
  const body = JSON.stringify({ readOn, value: String(value) })
  return `${head('POST', house, `/${meterIdOf(house, turn % metersPerHouse)}/readings`)}content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`
}

/** The status of a whole answer; undefined while some of it is still to come. */
function statusIn(text: string): string | undefined {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const length = /\r\ncontent-length: (\d+)/i.exec(text)
  if (!length) throw new Error(`An answer without its length: ${text.slice(0, end)}`)
  return text.length >= end + 4 + Number(length[1]) ? text.slice(9, 12) : undefined
}

/** Asks on one connection until there is nothing more to ask. */
const converse = (port: number, next: () => string | undefined, answered: (status: string) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }).setEncoding('latin1')
    let held = ''
    const ask = () => {
      const request = next()
      if (request === undefined) socket.end(resolve)
      else socket.write(request)
    }
    socket.on('connect', ask).on('error', reject).on('end', () => reject(new Error('The server closed a connection.')))
    socket.on('data', (some: unknown) => {
      held += String(some)
      const status = statusIn(held)
      if (status === undefined) return
      held = ''
      answered(status)
      ask()
    })
  })

async function run(asked: Asked): Promise<Answered> {
  const good = { submit: '201', list: '200' }[asked.kind]
  const statuses: Record<string, number> = {}
  let { place } = asked
  const started = performance.now()
  const next = () => (performance.now() - started < asked.milliseconds ? requestAt(place++, asked) : undefined)
  const answered = (status: string) => void (statuses[status] = (statuses[status] ?? 0) + 1)
  await Promise.all(Array.from({ length: asked.connections }, () => converse(asked.port, next, answered)))
  const { [good]: done = 0, ...others } = statuses
  return { perSecond: done / ((performance.now() - started) / 1000), place, others }
}

process.once('message', async (asked: Asked) => process.send!(await run(asked)))
