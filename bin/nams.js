#!/usr/bin/env node
// Starts the program on the Node that the project pins, whatever Node npm itself runs on, and stops it when this is stopped.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const at = (path) => fileURLToPath(new URL(path, import.meta.url))
const { status } = spawnSync(process.execPath, [at('../scripts/ensure-installed.js')], { stdio: 'inherit' })
if (status !== 0) process.exit(1)
const pinned = at('../node_modules/.bin/node')
const program = spawn(existsSync(pinned) ? pinned : process.execPath, [at('../src/main.ts'), ...process.argv.slice(2)], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => program.kill(signal))
program.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))

// npx gives a signal to a shell only, which ends without a word to what it started.
const parent = process.ppid
if (process.env.npm_command === 'exec') setInterval(() => process.ppid !== parent && program.kill('SIGTERM'), 250).unref()
