// The shape of the house: which way dependencies point, who may write, and who reads the clock.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

const source = new URL('../src/', import.meta.url)
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => ({ name, text: readFileSync(new URL(name, source), 'utf8') }))

const order = ['kernel', 'platform', 'ui', 'people', 'history', 'attachments', 'notifications', 'buildings', 'cases', 'reports', 'messages', 'feeds', 'inspections', 'meters', 'support', 'help', 'problems', 'support-access', 'import', 'meters-import', 'demo', 'api', 'app', 'verbs', 'main']

/** Issuing a token is a change with an event, and history names the people who act. This list only shrinks. */
const allowed = new Set(['people/token.ts → history', 'people/oidc-person.ts → history'])

const roomOf = (name: string) => (name.includes('/') ? name.slice(0, name.indexOf('/')) : name.replace(/\.ts$/, ''))

const imports = (text: string) => [...text.matchAll(/^(?:import|export)\s[^'"]*from '(\.\.?\/[^']+)'/gm)].map((match) => match[1]!)

test('dependencies point one way', () => {
  const wrong = files.flatMap(({ name, text }) =>
    imports(text)
      .map((path) => new URL(path, new URL(name, source)).pathname)
      .filter((path) => path.startsWith(source.pathname))
      .map((path) => path.slice(source.pathname.length))
      .filter((path) => roomOf(path) !== roomOf(name))
      .filter((path) => order.indexOf(roomOf(path)) > order.indexOf(roomOf(name)) || !order.includes(roomOf(path)))
      .map((path) => `${name} → ${roomOf(path)}`),
  )
  assert.deepEqual([...new Set(wrong)].filter((edge) => !allowed.has(edge)), [])
})

test('only what has no history of its own writes without an event', () => {
  const writers = files.filter(({ text }) => /\b(writing|stating)\(/.test(text)).map(({ name }) => name)
  assert.deepEqual(writers.sort(), [
    'attachments/clean.ts',
    'feeds/feed.ts',
    'history/change.ts',
    'history/idempotency.ts',
    'inspections/sweep.ts',
    'meters-import/upload-store.ts',
    'notifications/addresses/mail-queue.ts',
    'notifications/bounces/take.ts',
    'notifications/delivery-sql.ts',
    'notifications/eaddress/store.ts',
    'notifications/eaddress/tidings-sql.ts',
    'notifications/inbox.ts',
    'notifications/push/device-store.ts',
    'notifications/silence.ts',
    'notifications/stops.ts',
    'people/session.ts',
    'people/sign-in.ts',
    'people/token.ts',
    'problems/mail-queue.ts',
    'support-access/looking.ts',
  ])
})

test('the clock is read at the doors alone', () => {
  const readers = files.filter(({ text }) => /new Date\(\)|Date\.now\(\)|Temporal\.Now/.test(text)).map(({ name }) => name)
  assert.deepEqual(readers.filter((name) => !/^(verbs|people\/context)/.test(name)), [])
})

test('no file is longer than 300 lines', () => {
  const long = files.filter(({ text }) => text.split('\n').length > 300).map(({ name }) => name)
  assert.deepEqual(long, [])
})

