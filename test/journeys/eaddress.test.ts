// An authority's decision by official e-address, as its recipient and the operator see it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openEAddressServer } from '../eaddress-server.ts'
import { permitted } from '../eaddress-world.ts'
import { directory, nams } from '../shell.ts'
import { openSite } from '../site.ts'

test('the proof of a decision says when the e-address took it, and on which day it counts as served', async () => {
  const { world, owner, server, noticeId, work } = await permitted()
  const stranger = await world.person('Jānis Ozols')
  const operator = await world.person('Olga Operatore')
  const visit = await openSite(world, { operators: [operator] })
  await work('2026-11-23T08:00:00Z')
  server.deliver(server.messages[0]!)
  await work('2026-11-23T08:05:00Z')
  const path = `/notices/${noticeId}/proof`
  for (const person of [owner, operator]) {
    const { words, page } = await (await visit(person)).get(path)
    assert.match(words, /E-adrese Piegādāts/)
    assert.match(words, /Paziņošanas diena: 2026\. gada 25\. novembris – otrā darbdiena pēc nosūtīšanas\./)
    assert.match(words, /E-adreses sistēmā pieņemts 23\.11\.2026 10:00\. Adresāta e-adresē piegādāts 23\.11\.2026 10:05\. Sistēmas parakstīts apliecinājums ir saglabāts\./)
    assert.doesNotMatch(page, new RegExp(owner.code))
  }
  assert.equal((await (await visit(stranger)).get(path)).status, 404)
})

test('that a recipient has no e-address is said in the proof, and is no failure to the operator', async () => {
  const { world, owner, noticeId, work } = await permitted({ hasEAddress: false })
  const operator = await world.person('Olga Operatore')
  const visit = await openSite(world, { operators: [operator] })
  await work('2026-11-23T08:00:00Z')
  assert.match((await (await visit(owner)).get(`/notices/${noticeId}/proof`)).words, /E-adrese Neizdevās .*adresātam nav aktīvas e-adreses/)
  assert.match((await (await visit(operator)).get('/deliveries')).words, /nekas nav neizdevies/)
})

test('the doctor says whether the e-address service knows us, and how long the certificate is good', async () => {
  const server = await openEAddressServer()
  const own = {
    NAMS_DATA: directory(),
    NAMS_EADDRESS_URL: server.url,
    NAMS_EADDRESS_SENDER: server.sender,
    NAMS_EADDRESS_SENDER_TITLE: 'Cēsu novada būvvalde',
    NAMS_EADDRESS_CERT_FILE: server.client.certFile,
    NAMS_EADDRESS_KEY_FILE: server.client.keyFile,
    NAMS_EADDRESS_CA_FILE: server.authority.certFile,
  }
  const check = async (env: Record<string, string>) => (await nams(['doctor', '--json'], env)).lines.find((line) => line.check === 'e-address')
  const well = await check(own)
  assert.deepEqual(well.state, 'ok')
  assert.match(well.detail, /^127\.0\.0\.1:\d+ answers; the certificate is good for 36[45] days more$/)
  const soon = server.authority.issue('soon', '/CN=soon', { days: 20 })
  assert.match((await check({ ...own, NAMS_EADDRESS_CERT_FILE: soon.certFile, NAMS_EADDRESS_KEY_FILE: soon.keyFile })).detail, /good for (19|20) days more/)
  const stranger = await check({ ...own, NAMS_EADDRESS_KEY_FILE: soon.keyFile })
  assert.deepEqual([stranger.state, /is not the key of the certificate/.test(stranger.detail)], ['problem', true])
  assert.equal((await check({ ...own, NAMS_EADDRESS_CA_FILE: '' })).state, 'problem')
  assert.equal((await check({ ...own, NAMS_EADDRESS_SENDER: '' })).state, 'warn')
  assert.equal((await check({ NAMS_DATA: own.NAMS_DATA })).state, 'ok')
})
