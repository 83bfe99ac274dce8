// What the program says to its operator; Fastify's logger (pino) satisfies it.
import pino from 'pino'

export type Log = {
  info(details: object, message?: string): void
  warn(details: object, message?: string): void
  error(details: object, message?: string): void
}

export const silentLog: Log = { info() {}, warn() {}, error() {} }

const inWords = (details: object, message: string | undefined) =>
  [message, ...Object.entries(details).map(([name, value]) => `${name}: ${value instanceof Error ? value.stack : value}`)].filter(Boolean).join('  ')

/** For commands: lines on standard error, so that standard output stays for results. */
export const commandLog: Log = {
  info: (details, message) => console.error(inWords(details, message)),
  warn: (details, message) => console.error(inWords(details, message)),
  error: (details, message) => console.error(inWords(details, message)),
}

/** For production: a line of JSON each, for whatever gathers an installation's logs. */
export const jsonLog = (): Log => pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime })
