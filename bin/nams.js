#!/usr/bin/env node
// Starts the program on the Node that the project pins, whatever Node npm itself runs on.
import { spawn, execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const at = (path) => fileURLToPath(new URL(path, import.meta.url))
execFileSync(process.execPath, [at('../scripts/ensure-installed.js')], { stdio: 'inherit' })
const program = spawn(at('../node_modules/.bin/node'), [at('../src/main.ts'), ...process.argv.slice(2)], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => program.kill(signal))
program.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
