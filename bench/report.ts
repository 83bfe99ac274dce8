// What every bench prints: its figures, each limit beside its figure, and the machine that they were measured on.
import { availableParallelism, loadavg } from 'node:os'
import pg from 'pg'

export const say = (text = '') => console.log(text)
export const count = (number: number) => Math.round(number).toLocaleString('en')
export const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(milliseconds < 100 ? 3 : 2)} s`
export const median = (figures: readonly number[]) => figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)]!

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

export const line = (name: string, value: string, rest = '') => say(`  ${name.padEnd(30)} ${value.padStart(12)}   ${rest}`)

/** A median with every round it is of. */
export const roundsLine = (name: string, figures: readonly number[], written: (figure: number) => string) =>
  line(name, written(median(figures)), `median of ${figures.map(written).join(', ')}`)

const verdict = (isKept: boolean) => (isKept ? 'kept' : 'EXCEEDED')

export const words = { s: (value: number) => seconds(value * 1000), times: (value: number) => `${value.toFixed(2)} times`, ms: (value: number) => `${value.toFixed(2)} ms` } as const

/** Whether a figure is at most its limit, beside it. */
export function atMost(name: string, value: number, limit: number, unit: keyof typeof words): boolean {
  line(name, words[unit](value), `limit ${limit} ${unit}: ${verdict(value <= limit)}`)
  return value <= limit
}

/** Whether a figure is at least its limit, beside it. */
export function atLeast(name: string, value: number, limit: number): boolean {
  line(name, value.toFixed(2), `at least ${limit}: ${verdict(value >= limit)}`)
  return value >= limit
}

export const load = (when: string) => `load ${loadavg()[0]!.toFixed(2)} ${when}`
export const machine = (engine: string) => `${engine}, ${availableParallelism()} cores, ${load('at the start')}.`

/** A database of its own on a server, dropped in the end whatever happens. */
export async function onServer<T>(url: string, work: (url: string) => Promise<T>): Promise<T> {
  const name = `nams_bench_${process.pid}`
  const server = new pg.Client({ connectionString: url })
  await server.connect()
  await server.query(`create database ${name}`)
  try {
    return await work(Object.assign(new URL(url), { pathname: `/${name}` }).href)
  } finally {
    await server.query(`drop database ${name} with (force)`)
    await server.end()
  }
}
