// A PostgreSQL server of a test's own, to be stopped and started again; undefined where no server is installed.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import pg from 'pg'

const versions = '/usr/lib/postgresql'

const binaries = (): string | undefined => {
  const [latest] = existsSync(versions) ? readdirSync(versions).sort((one, other) => Number(other) - Number(one)) : []
  return latest && join(versions, latest, 'bin')
}

/** PostgreSQL will not run as root: as its own user there, as oneself elsewhere. */
const ownerOf = () => {
  if (process.getuid!() !== 0) return {}
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

export async function ownServer() {
  const bin = binaries()
  if (!bin) return undefined
  const owner = ownerOf()
  const home = mkdtempSync(join(tmpdir(), 'nams-server-'))
  if (owner.uid !== undefined) chownSync(home, owner.uid, owner.gid)
  const data = join(home, 'data')
  execFileSync(join(bin, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'postgres'], { ...owner, cwd: home, stdio: 'ignore' })
  const port = await freePort()
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  let child: ChildProcess | undefined
  const answers = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
      return answers()
    }
  }
  const start = async () => {
    child = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), '-k', home, '-c', 'listen_addresses=127.0.0.1'], { ...owner, cwd: home, stdio: 'ignore' })
    await answers()
  }
  /** At once, as after a power cut: every connection breaks. */
  const stop = () =>
    new Promise<void>((resolve) => {
      if (!child || child.exitCode !== null) return resolve()
      child.once('close', () => resolve())
      child.kill('SIGQUIT')
    })
  after(async () => {
    await stop()
    rmSync(home, { recursive: true, force: true })
  })
  await start()
  return { url, start, stop }
}
