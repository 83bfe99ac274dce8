// Connections to a server on which statements are sent without waiting for the ones before; those asked together go out as one packet.
import type { Writable } from 'node:stream'
import pg from 'pg'

type Values = readonly unknown[]

/** The names under which statements are prepared on every connection, by their text. */
const preparedNames = new Map<string, string>()

export const prepare = (text: string): void => void (preparedNames.has(text) || preparedNames.set(text, `nams_${preparedNames.size}`))

/** Prepares the statements that are to be: planning them costs more than running them. */
export class PipelinedClient extends pg.Client {
  constructor(settings?: pg.ClientConfig) {
    super({ ...settings, pipeline: true } as pg.ClientConfig)
  }

  #isHeld = false

  /** Until all that this turn of the loop has heard was answered with questions: writing is what costs most. */
  #hold(): void {
    if (this.#isHeld) return
    const { stream } = (this as unknown as { connection: { stream: Writable } }).connection
    this.#isHeld = true
    stream.cork()
    setImmediate(() => {
      this.#isHeld = false
      stream.uncork()
    })
  }

  override query(...asked: any[]): any {
    const [text, values] = asked
    const name = preparedNames.get(text)
    this.#hold()
    return (super.query as (...asked: any[]) => any)(...(name === undefined ? asked : [{ name, text, values }]))
  }
}

export type Quick = { ask(text: string, values: Values): Promise<unknown[]>; close(): Promise<void> }

/**
 * A few connections that short reads share: for statements that a server answers at once, each on its own and in no transaction.
 * One that breaks fails what was asked on it, and the next question opens another.
 */
export function openQuick(settings: pg.ClientConfig, size: number): Quick {
  const clients = new Map<number, PipelinedClient>()
  let [turn, isTurned] = [0, false]
  /** What is asked in one turn of the loop goes to one connection. */
  const nextTurn = () => {
    if (isTurned) return
    turn = (turn + 1) % size
    isTurned = true
    setImmediate(() => (isTurned = false))
  }
  const open = (place: number): PipelinedClient => {
    const client = new PipelinedClient(settings)
    const forget = () => void (clients.get(place) === client && clients.delete(place))
    client.on('error', forget).on('end', forget)
    client.connect().catch(forget)
    clients.set(place, client)
    return client
  }
  return {
    ask: async (text, values) => {
      nextTurn()
      return (await (clients.get(turn) ?? open(turn)).query(text, values)).rows
    },
    close: async () => void (await Promise.all([...clients.values()].map((client) => client.end()))),
  }
}
