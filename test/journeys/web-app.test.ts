import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openServer } from '../server.ts'
import { openWorld } from '../world.ts'

test('each page names the manifest of its language, and only this site may give it workers', async () => {
  const server = await openServer(await openWorld())
  for (const language of ['lv', 'en']) {
    const { body, headers } = await server.inject({ url: '/sign-in', cookies: { nams_language: language } })
    const [, href] = /<link rel="manifest" href="([^"]+)">/.exec(body) ?? []
    const manifest = await server.inject({ url: href! })
    assert.match(String(manifest.headers['content-type']), /^application\/manifest\+json/)
    assert.equal(manifest.json().lang, language)
    const policy = String(headers['content-security-policy'])
    for (const directive of ["default-src 'none'", "worker-src 'self'", "manifest-src 'self'"]) assert.ok(policy.includes(directive))
  }
})

test('the worker is asked for anew each time, and names only what the program serves to everyone', async () => {
  const server = await openServer(await openWorld())
  const { body, headers } = await server.inject({ url: '/service-worker.js' })
  assert.deepEqual([headers['content-type'], headers['cache-control']], ['text/javascript; charset=utf-8', 'no-cache'])
  const { kept } = JSON.parse(/^self\.nams = (.*)$/m.exec(body)![1]!)
  const answers = await Promise.all(kept.map((url: string) => server.inject({ url })))
  assert.deepEqual(answers.map(({ statusCode }) => statusCode), kept.map(() => 200))
})
