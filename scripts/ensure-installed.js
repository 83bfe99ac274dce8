// Installs the locked packages when they are missing or older than the lock file, so that every npm script works on a fresh clone.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The packages that a lock file names, by path and version, but for those of other platforms. */
const locked = (file) =>
  existsSync(file)
    ? Object.entries(JSON.parse(readFileSync(file, 'utf8')).packages)
        .filter(([path, entry]) => path !== '' && !entry.optional)
        .map(([path, entry]) => `${path}@${entry.version}`)
    : []

/** The project brings its own Node; where there is none for the platform, the one that runs this must be new enough. */
const hasNode = () => existsSync(`${root}node_modules/.bin/node`) || Number.parseInt(process.versions.node) >= 26

const fail = (sentence) => {
  console.error(sentence)
  process.exit(1)
}

const installed = new Set(locked(`${root}node_modules/.package-lock.json`))
if (!hasNode() || locked(`${root}package-lock.json`).some((entry) => !installed.has(entry))) {
  console.error('Installing packages …')
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: ['ignore', 2, 2] })
  if (status !== 0) fail('The packages could not be installed: npm says why above.')
  if (!hasNode()) fail(`There is no Node among the packages for ${process.platform} on ${process.arch}: install Node 26 or newer.`)
}
