// Measures two requests of the API beside their floor: the program as `nams serve` runs it, a bare server, and the load, each in its own process.
import { fork, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { atLeast, count, median, roundsLine, say } from './report.ts'
import type { Answered, Asked } from './readings-load.ts'

const limits = { submit: 0.5, list: 0.45 } as const
const connections = 32

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const production = {
  NAMS_MODE: 'production',
  HOST: '127.0.0.1',
  PORT: '0',
  NAMS_PUBLIC_URL: 'http://127.0.0.1',
  NAMS_SESSION_SECRET: 'a secret of a bench, long enough to sign with',
  NAMS_OIDC_ISSUER: 'http://127.0.0.1:9',
  NAMS_OIDC_CLIENT_ID: 'bench',
  NAMS_OIDC_CLIENT_SECRET: 'bench',
  NAMS_SMTP_URL: 'smtp://127.0.0.1:9',
  NAMS_MAIL_FROM: 'bench@example.test',
}

/** A server in a process of its own, once it has said on which port it listens. */
async function started(script: string, args: readonly string[], url: string): Promise<{ port: number; child: ChildProcess }> {
  const flags = (process.env['BENCH_NODE_FLAGS'] ?? '').split(' ').filter(Boolean)
  const child = spawn(process.execPath, [...flags, here(script), ...args], { env: { PATH: process.env['PATH'], ...production, DATABASE_URL: url }, stdio: ['ignore', 'pipe', 'pipe'] })
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  let said = ''
  const hear = (some: unknown) => {
    const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec((said += String(some)))?.[1]
    if (port) resolve(Number(port))
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  child.once('exit', () => reject(new Error(`${script} ended: ${said}`)))
  return { port: await promise, child }
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}

async function loaded(asked: Asked): Promise<Answered> {
  const child = fork(here('readings-load.ts'))
  child.send(asked)
  const [answered] = (await Promise.race([once(child, 'message'), once(child, 'exit').then(() => Promise.reject(new Error('The load ended early.')))])) as [Answered]
  await stopped(child)
  if (Object.keys(answered.others).length > 0) throw new Error(`Not answered as it should be: ${JSON.stringify(answered.others)}`)
  return answered
}

type Rounds = { rounds: number; milliseconds: number; houses: number }

/** The program and its floor by turns, after a short while to warm up. Each asks behind what the other has written. */
async function measured(kind: Asked['kind'], ports: { program: number; floor: number }, { rounds, milliseconds, houses }: Rounds) {
  const rates = { program: [] as number[], floor: [] as number[] }
  let place = 0
  for (let round = -1; round < rounds; round++)
    for (const which of ['program', 'floor'] as const) {
      const answered = await loaded({ port: ports[which], kind, connections, houses, place, milliseconds: round < 0 ? 2000 : milliseconds })
      place = answered.place
      if (round >= 0) rates[which].push(answered.perSecond)
    }
  return rates
}

const titles = { submit: 'One reading under the rules with its event', list: 'The meters of a building with their last reading' }
const rate = (perSecond: number) => `${count(perSecond)}/s`

/** Whether both requests keep their share of the floor. */
export async function benchHttp(url: string, how: Rounds): Promise<boolean> {
  const program = await started('../src/main.ts', ['serve', '--no-jobs'], url)
  const floor = await started('./readings-floor.ts', [], url)
  try {
    const kept: boolean[] = []
    for (const kind of ['submit', 'list'] as const) {
      const rates = await measured(kind, { program: program.port, floor: floor.port }, how)
      say(`${titles[kind]}, ${connections} connections`)
      roundsLine('program', rates.program, rate)
      roundsLine('floor: a bare server', rates.floor, rate)
      kept.push(atLeast('program to its floor', median(rates.program) / median(rates.floor), limits[kind]))
    }
    return kept.every(Boolean)
  } finally {
    await Promise.all([stopped(program.child), stopped(floor.child)])
  }
}
