import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfigurationError, examineConfig, readConfig } from './config.ts'

const production = {
  NAMS_MODE: 'production',
  DATABASE_URL: 'postgres://nams@127.0.0.1/nams',
  NAMS_PUBLIC_URL: 'https://nams.example.test/',
  NAMS_SESSION_SECRET: 'a'.repeat(32),
  NAMS_OIDC_ISSUER: 'https://sign-in.example.test',
  NAMS_OIDC_CLIENT_ID: 'nams',
  NAMS_OIDC_CLIENT_SECRET: 'secret',
  NAMS_SMTP_URL: 'smtp://127.0.0.1:25',
  NAMS_MAIL_FROM: 'Nams <nams@example.test>',
}

const problemsOf = (env: NodeJS.ProcessEnv): readonly string[] => {
  try {
    readConfig(env)
    return []
  } catch (error) {
    assert.ok(error instanceof ConfigurationError)
    return error.problems
  }
}

test('nothing configured is a demo of its own on this machine alone', () => {
  const { mode, host, port, database, publicUrl } = readConfig({})
  assert.deepEqual({ mode, host, port, publicUrl }, { mode: 'demo', host: '127.0.0.1', port: 3000, publicUrl: undefined })
  assert.ok('directory' in database && database.directory.endsWith('/data/database'))
})

test('production starts when all that it needs is there', () => {
  assert.equal(readConfig(production).publicUrl, 'https://nams.example.test')
})

test('production names each single thing that it lacks', () => {
  for (const name of Object.keys(production).filter((name) => name !== 'NAMS_MODE')) {
    const problems = problemsOf({ ...production, [name]: undefined })
    assert.equal(problems.length, 1, name)
    assert.match(problems[0]!, new RegExp(`^production needs .*: set ${name}$`))
  }
})

test('an empty setting is a missing one', () => {
  assert.equal(readConfig({ PORT: '', NAMS_DATA: '' }).port, 3000)
  assert.equal(problemsOf({ ...production, NAMS_SMTP_URL: '' }).length, 1)
})

test('what is written wrongly and what is missing are named together, each once', () => {
  const wrong = { ...production, PORT: 'http', DATABASE_URL: 'mysql://127.0.0.1/nams', NAMS_SESSION_SECRET: 'short', NAMS_MAIL_FROM: undefined }
  assert.deepEqual(
    problemsOf(wrong).map((problem) => problem.match(/^\w+:|set .*/)?.[0]),
    ['DATABASE_URL:', 'PORT:', 'NAMS_SESSION_SECRET:', 'set NAMS_MAIL_FROM'],
  )
  assert.equal(examineConfig(wrong).config.port, 3000)
})

test('a problem does not repeat the secret that it is about', () => {
  assert.doesNotMatch(problemsOf({ ...production, NAMS_SESSION_SECRET: 'hunter2' }).join(), /hunter2/)
})

const eaddress = {
  NAMS_EADDRESS_URL: 'https://divtest.example.test/UnifiedService.svc',
  NAMS_EADDRESS_SENDER: '_DEFAULT@90000068977',
  NAMS_EADDRESS_SENDER_TITLE: 'Cēsu novada būvvalde',
  NAMS_EADDRESS_CERT_FILE: 'client.pem',
  NAMS_EADDRESS_KEY_FILE: 'client-key.pem',
}

test('an e-address has its sender and certificate, or is not configured at all', () => {
  assert.equal(readConfig({}).eaddress, undefined)
  assert.deepEqual(readConfig(eaddress).eaddress, {
    ...{ url: eaddress.NAMS_EADDRESS_URL, to: eaddress.NAMS_EADDRESS_URL, sender: '_DEFAULT@90000068977', senderTitle: 'Cēsu novada būvvalde' },
    ...{ certificateFile: 'client.pem', keyFile: 'client-key.pem', caFile: undefined, hash: 'sha1' },
  })
  assert.equal(readConfig({ ...eaddress, NAMS_EADDRESS_TO: 'urn:vraa:gov:lv:div:uui:service' }).eaddress?.to, 'urn:vraa:gov:lv:div:uui:service')
  for (const name of Object.keys(eaddress).slice(1))
    assert.deepEqual(problemsOf({ ...eaddress, [name]: '' }), [`e-addresses need a sender and its certificate: set ${name}`])
  assert.match(problemsOf({ ...eaddress, NAMS_EADDRESS_SENDER: 'Būvvalde' }).join(), /^NAMS_EADDRESS_SENDER: expected/)
})

const vapid = {
  NAMS_VAPID_PUBLIC_KEY: 'BDBD3rxzUwzOWJM9rQejO5eRc4XylovE6dAqnWoH9blvdr17w45Nm6wDdlFzC1zXG-pd49dC_PAPj9fyjFQGEgw',
  NAMS_VAPID_PRIVATE_KEY: 'AGUA9oBAvd2bl0UnDG0lOWiVRKjuP3zeTxtErrf-_mk',
  NAMS_VAPID_SUBJECT: 'mailto:nams@example.test',
}

test('push is configured as a whole, with a pair of keys, or not at all', () => {
  assert.equal(readConfig(production).pushKeys, undefined)
  assert.equal(readConfig({ ...production, ...vapid }).pushKeys?.subject, 'mailto:nams@example.test')
  for (const name of Object.keys(vapid)) assert.deepEqual(problemsOf({ ...production, ...vapid, [name]: undefined }), [`push needs all of its settings: set ${name}`])
  const other = problemsOf({ ...vapid, NAMS_VAPID_PRIVATE_KEY: 'A'.repeat(42) + 'E' })
  assert.match(other.join(), /^NAMS_VAPID_PUBLIC_KEY does not belong to NAMS_VAPID_PRIVATE_KEY/)
  assert.match(problemsOf({ ...vapid, NAMS_VAPID_PRIVATE_KEY: 'short' }).join(), /^NAMS_VAPID_PRIVATE_KEY: expected a key/)
  assert.match(problemsOf({ ...vapid, NAMS_VAPID_SUBJECT: 'nams' }).join(), /^NAMS_VAPID_SUBJECT: expected mailto:/)
})

test('messages are pushed to this machine by a demo only', () => {
  const local = { NAMS_PUSH_SERVICES: 'push.example.test, localhost, 127.0.0.1' }
  assert.deepEqual(readConfig(local).pushServices, ['push.example.test', 'localhost', '127.0.0.1'])
  assert.deepEqual(problemsOf({ ...production, ...local }), ['NAMS_PUSH_SERVICES: in production not localhost, 127.0.0.1, but names of hosts'])
  assert.deepEqual(readConfig({ ...production, NAMS_PUSH_SERVICES: 'push.example.test' }).pushServices, ['push.example.test'])
})
