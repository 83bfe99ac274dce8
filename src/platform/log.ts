// What the program says to its operator; Fastify's logger (pino) satisfies it.

export type Log = {
  info(details: object, message?: string): void
  warn(details: object, message?: string): void
  error(details: object, message?: string): void
}

export const silentLog: Log = { info() {}, warn() {}, error() {} }

/** For commands: lines on standard error, so that standard output stays for results. */
export const commandLog: Log = {
  info: (_details, message) => message && console.error(message),
  warn: (_details, message) => message && console.error(message),
  error: (details, message) => console.error(message ?? details),
}
