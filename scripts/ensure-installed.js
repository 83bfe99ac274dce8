// Installs the locked packages when they are missing or older than the lock file, so that every npm script works on a fresh clone.
import { execSync } from 'node:child_process'
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

const installed = new Set(locked(`${root}node_modules/.package-lock.json`))
if (!existsSync(`${root}node_modules/.bin/node`) || locked(`${root}package-lock.json`).some((entry) => !installed.has(entry))) {
  console.error('Installing packages …')
  execSync('npm ci --no-audit --no-fund --loglevel=error', { cwd: root, stdio: ['ignore', 2, 2] })
}
