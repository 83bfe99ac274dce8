// The program as its operator meets it: started, asked and stopped from a shell, on a data directory of its own.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before } from 'node:test'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../', import.meta.url))
export const main = [process.execPath, 'src/main.ts']

/** Nothing of the shell that runs the tests is configuration. */
const bare = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(NAMS_|DATABASE_URL|HOST|PORT|npm_|NODE_(?!COMPILE_CACHE))/.test(name)))

export type Env = Record<string, string>
type Ended = { code: number | null; out: string; err: string; lines: any[] }

export function directory(): string {
  const data = mkdtempSync(join(tmpdir(), 'nams-program-'))
  after(() => rmSync(data, { recursive: true, force: true }))
  return data
}

/** Starts a command in a group of its own, as a terminal does. */
export const launch = ([command, ...args]: string[], env: Env) =>
  spawn(command!, args, { cwd: root, env: { ...bare, ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true })

/** Runs a verb to its end; `lines` is what it wrote as JSON. */
export async function nams(args: readonly string[], env: Env): Promise<Ended> {
  const child = launch([...main, ...args], env)
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code, out, err, lines: args.includes('--json') ? out.trim().split('\n').filter(Boolean).map((line) => JSON.parse(line)) : [] }
}

export type Serving = { url: string; child: ChildProcess; stop: (signal?: NodeJS.Signals) => Promise<number | string> }

/** Starts the program and waits for the line with its address. */
export async function serving(env: Env, command = [...main, 'serve']): Promise<Serving> {
  const child = launch(command, { PORT: '0', ...env })
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal)
  after(() => child.exitCode === null && child.signalCode === null && process.kill(-child.pid!, 'SIGKILL'))
  const ready = Promise.withResolvers<string>()
  let [out, err] = ['', '']
  child.stderr.on('data', (some) => (err += some))
  child.stdout.on('data', (some) => {
    const url = /Nams is ready at (\S+)/.exec((out += some))?.[1]
    if (url) ready.resolve(url)
  })
  void ended.then((how) => ready.reject(new Error(`ended with ${how} before it was ready: ${err}`)))
  const url = await ready.promise
  return {
    url,
    child,
    stop: (signal = 'SIGINT') => {
      child.kill(signal)
      return ended
    },
  }
}

export const isHealthy = async ({ url }: Serving) => (await fetch(`${url}/health`)).status === 200

/** Starts a demo once before a file's tests and stops it before any mail goes; answers how to get a copy of its data. */
export function demos(): () => Env {
  const begun = directory()
  before(async () => {
    const program = await serving({ NAMS_DATA: begun }, [...main, 'serve', '--no-jobs'])
    await program.stop()
  })
  return () => {
    const data = directory()
    cpSync(begun, data, { recursive: true })
    return { NAMS_DATA: data }
  }
}
