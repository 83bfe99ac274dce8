// Files attached to an inspection: good ones are kept as they should be, bad ones are refused with a sentence and leave nothing.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import sharp from 'sharp'
import { cleanAttachments } from '../../src/attachments/clean.ts'
import { examineUploads } from '../../src/attachments/examine.ts'
import { keepUploads } from '../../src/attachments/keep.ts'
import { addDays } from '../../src/kernel/date.ts'
import { blobS3 } from '../../src/platform/blob-s3.ts'
import { writing } from '../../src/platform/database.ts'
import { edoc, pdf, photograph, picture, pngOf, zip } from '../files.ts'
import { openS3 } from '../s3-server.ts'
import { openSite } from '../site.ts'
import { date, openWorld } from '../world.ts'

const form = { type: 'FIRE_SAFETY', ownType: '', label: 'Kāpņu telpa', performedOn: '10.02.2026', periodic: 'yes', number: 'UD-7/2026', justification: '' }

const world = await openWorld()
const [owner, neighbour] = [await world.person('Anna Kalniņa'), await world.person('Zane Svešā')]
const [villa, other] = [await world.building('Villas iela 1'), await world.building('Citur 2')]
await world.holds(owner, villa)
await world.holds(neighbour, other)
const visit = await openSite(world)
const [anna, zane] = [await visit(owner), await visit(neighbour)]
const list = `/cases/${villa.number}/inspections`

const stored = () => world.db.selectFrom('attachment').selectAll().orderBy('id').execute()

async function filesUnder(folder: string): Promise<string[]> {
  const found = await readdir(join(world.folder, folder), { recursive: true, withFileTypes: true }).catch(() => [])
  return found.filter((one) => one.isFile()).map(({ name }) => name)
}

let days = 0
/** Records another inspection with files; answers the visit and what is attached by it. */
async function record(files: readonly (readonly [string, Uint8Array])[], changes: Partial<typeof form> = {}) {
  const before = await stored()
  const done = await anna.attach(`${list}/new`, { ...form, performedOn: addDays(date('2025-01-01'), days++), ...changes }, files)
  return { ...done, added: (await stored()).slice(before.length) }
}

const zeros = (megabytes: number) => Buffer.alloc(megabytes * 1024 * 1024)
const document = { name: 'Līgums.pdf', content: pdf() }
const script = '<script>alert(1)</script>'

const bad: [what: string, name: string, content: Buffer, sentence: RegExp][] = [
  ['HTML under the name of a picture', 'jumts.png', Buffer.from(`<!doctype html><html>${script}</html>`), /„jumts\.png” pēc satura nav ne PDF/],
  ['an SVG with a script', 'plāns.svg', Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`), /„plāns\.svg” pēc satura nav/],
  ['a picture of 50,000 × 50,000', 'milzis.png', pngOf(50_000, 50_000), /„milzis\.png” ir pārāk liels attēls/],
  ['a PNG that is none after its header', 'pusīte.png', pngOf(60, 40), /„pusīte\.png” ir bojāts/],
  ['a photograph cut off on its way', 'foto.jpg', await photograph().then((whole) => whole.subarray(0, whole.length - 100)), /„foto\.jpg” ir bojāts vai nav pilnīgs/],
  ['a PDF cut off on its way', 'akts.pdf', pdf().subarray(0, 40), /„akts\.pdf” ir bojāts/],
  ['an empty file', 'tukšs.pdf', Buffer.alloc(0), /„tukšs\.pdf” ir tukšs fails/],
  ['a file over the limit', 'liels.pdf', Buffer.concat([pdf(), zeros(11)]), /„liels\.pdf” ir lielāks par 10 MB/],
  ['a plain ZIP under the name of an EDOC', 'arhīvs.edoc', zip([document]), /„arhīvs\.edoc” pēc satura nav/],
  ['a container with nothing in it', 'tukšs.edoc', edoc([]), /„tukšs\.edoc” ir bojāts/],
  ['a container that unpacks to 90 MB of nothing', 'bumba.edoc', edoc([{ name: 'a.bin', content: zeros(90) }]), /„bumba\.edoc” izpakots būtu bīstami liels/],
  ['a bomb within a container within a container', 'lelle.edoc', edoc([{ name: 'a.zip', content: zip([{ name: 'b.zip', content: zip([{ name: 'c.bin', content: zeros(20) }]) }]) }]), /„lelle\.edoc” izpakots būtu bīstami liels/],
  ['a container that declares 4 GB', 'saka.edoc', edoc([{ name: 'a.bin', content: zeros(1), declared: 4_000_000_000 }]), /„saka\.edoc” izpakots būtu bīstami liels/],
  ['a container that declares less than it holds', 'melo.edoc', edoc([{ name: 'a.bin', content: zeros(2), declared: 10 }]), /„melo\.edoc” (ir bojāts|izpakots)/],
  ['a container with 600 files', 'daudz.edoc', edoc(Array.from({ length: 600 }, (_, at) => ({ name: `${at}.txt`, content: Buffer.from('x') }))), /„daudz\.edoc” izpakots būtu/],
  ['a container whose file would leave its folder', 'bēg.edoc', edoc([{ name: '../../etc/passwd', content: Buffer.from('x') }]), /„bēg\.edoc” ir bojāts/],
]

test('a bad file is refused beside the field, what was typed stays, and nothing is kept, good files beside it neither', async () => {
  for (const [what, name, content, sentence] of bad) {
    const refused = await record([['labs.pdf', pdf()], [name, content]], { number: 'UD-8/2026' })
    assert.equal(refused.status, 422, what)
    assert.match(refused.words, sentence, what)
    assert.match(refused.page, /id="files-error"/, what)
    assert.match(refused.page, /value="UD-8\/2026"/, what)
    assert.match(refused.words, /Izvēlieties failus vēlreiz/, what)
  }
  const many = await record(Array.from({ length: 11 }, (_, at) => [`${at}.pdf`, pdf()] as const))
  assert.equal(many.status, 422)
  assert.match(many.words, /Pielikumu var būt ne vairāk kā 10/)
  assert.deepEqual([await stored(), await filesUnder('files'), await filesUnder('incoming')], [[], [], []])
  assert.equal((await world.db.selectFrom('inspection').select('id').execute()).length, 0)
  assert.equal((await record([['labs.pdf', pdf()]])).status, 303, 'the same form without a bad file')
})

test('every problem is named at once, of the fields and of each file', async () => {
  const { words } = await record([['a.png', Buffer.from(script)], ['b.pdf', Buffer.alloc(0)]], { performedOn: '' })
  for (const sentence of [/Norādiet pārbaudes datumu/, /„a\.png” pēc satura/, /„b\.pdf” ir tukšs/]) assert.match(words, sentence)
})

test('a photograph is kept upright, without the place and the device by which it was taken', async () => {
  const taken = await photograph()
  assert.ok((await sharp(taken).metadata()).exif!.includes('Telefons 9'))
  const { added: [kept] } = await record([['IMG_1.JPG', taken]])
  const { content, headers } = await anna.file(`/attachments/${kept!.id}`)
  const { exif, width, height } = await sharp(content).metadata()
  assert.deepEqual({ exif, width, height }, { exif: undefined, width: 40, height: 60 })
  assert.equal(content.includes('Telefons 9'), false)
  assert.equal(headers['content-type'], 'image/jpeg')
})

test('each kind is known by its content and shown with its name, kind and size; of an EDOC its documents', async () => {
  const container = edoc([{ name: 'Līgums.pdf', content: pdf() }, { name: 'plāni/Stāvs 1.pdf', content: Buffer.concat([pdf(), Buffer.alloc(2048)]) }])
  const { added, to } = await record([['akts.PDF', pdf()], ['a.png', await picture()], ['b.webp', await picture('webp')], ['Līgums.edoc', container]])
  assert.deepEqual(added.map(({ media_type }) => media_type), ['application/pdf', 'image/png', 'image/webp', 'application/vnd.etsi.asic-e+zip'])
  assert.match(to!, /said=inspection/)
  const { page, words } = await anna.get(`${list}/${added[0]!.owner_id}`)
  for (const shown of [/akts\.PDF PDF, 78 baiti/, /a\.png PNG attēls, \d+ baiti/, /Līgums\.edoc EDOC, \d+ baiti Tajā 2 faili Līgums\.pdf 78 baiti Stāvs 1\.pdf 2 kB/]) assert.match(words, shown)
  for (const { id } of added) assert.match(page, new RegExp(`href="/attachments/${id}"`))
  assert.match((await anna.get(`${list}/${added[0]!.owner_id}`, 'en')).words, /a\.png PNG picture, \d+ bytes/)
})

test('a name is kept without a path, line breaks and marks that turn its direction, and ends as what the file is', async () => {
  const names = ['../../etc/pa\u202Egnp.exe', 'C:\\Users\\Anna\\rēķins.pdf', 'a\u200Bb\u0007.pdf', '.pdf', `${'ā'.repeat(300)}.pdf`, 'kas?<b>.pdf']
  const { added } = await record(names.map((name) => [name, pdf()]))
  assert.deepEqual(added.map(({ name }) => name), ['pagnp.exe.pdf', 'rēķins.pdf', 'ab.pdf', 'pdf.pdf', `${'ā'.repeat(96)}.pdf`, 'kas__b_.pdf'])
  const { headers } = await anna.file(`/attachments/${added[1]!.id}`)
  assert.equal(headers['content-disposition'], `inline; filename="rekins.pdf"; filename*=UTF-8''r%C4%93%C4%B7ins.pdf`)
})

test('a file that is a page as well is shown without power over this site, and an EDOC is only saved', async () => {
  const { added: [page, container] } = await record([['viltīgs.pdf', pdf(`<html>${script}</html>`)], ['x.edoc', edoc([document])]])
  const shown = await anna.file(`/attachments/${page!.id}`)
  const { 'content-type': type, 'content-security-policy': policy, 'x-content-type-options': sniffing, 'cache-control': cache } = shown.headers
  assert.deepEqual({ type, policy, sniffing, cache }, { type: 'application/pdf', policy: "sandbox; default-src 'none'", sniffing: 'nosniff', cache: 'private, no-cache' })
  assert.match(String((await anna.file(`/attachments/${container!.id}`)).headers['content-disposition']), /^attachment; /)
  const tag = String(shown.headers['etag'])
  assert.equal(tag, `"${page!.sha256}"`)
  const again = await anna.file(`/attachments/${page!.id}`, { 'if-none-match': tag })
  assert.deepEqual([again.status, again.content.length], [304, 0])
})

test('only who sees the inspection opens its files; for others they are not there', async () => {
  const { added: [kept] } = await record([['akts.pdf', pdf()]])
  const path = `/attachments/${kept!.id}`
  assert.deepEqual([(await anna.file(path)).status, (await zane.file(path)).status, (await zane.file('/attachments/999999')).status], [200, 404, 404])
  assert.match((await visit.stranger.get(path)).to!, /^\/sign-in\?to=/)
  const { id: _, contents: __, ...row } = kept!
  const stray = await writing(world.db, (tx) => tx.insertInto('attachment').values({ ...row, contents: null, owner_kind: 'toString' as 'inspection' }).returning('id').executeTakeFirstOrThrow())
  assert.equal((await anna.file(`/attachments/${stray.id}`)).status, 404, 'of a kind that no room answers for')
})

test('files are added to an inspection later and taken away for a reason; the history names each with its hash', async () => {
  const { added: [first] } = await record([['pirmais.pdf', pdf('1')]])
  const path = `${list}/${first!.owner_id}`
  const why = await anna.attach(path, { [`remove-${first!.id}`]: 'yes', justification: '' }, [])
  assert.deepEqual([why.status, /Norādiet darbības pamatojumu/.test(why.words), /checked/.test(why.page)], [422, true, true])
  assert.equal((await anna.attach(path, { [`remove-${first!.id}`]: 'yes', justification: 'Ne tas akts' }, [['otrais.pdf', pdf('2')]])).status, 303)
  const events = await world.db.selectFrom('event').select(['action', 'before', 'after', 'justification']).where('subject_id', '=', first!.owner_id).orderBy('id').execute()
  const [second] = (await stored()).slice(-1)
  const file = ({ name, sha256 }: typeof first & {}) => [{ name, sha256 }]
  assert.deepEqual(events.map(({ action, before, after }) => [action, before?.['files'], after?.['files']]), [
    ['inspection.recorded', undefined, file(first!)],
    ['inspection.changed', file(first!), file(second!)],
  ])
  assert.match((await anna.get(`/cases/${villa.number}/history`)).words, new RegExp(`Pielikumi pirmais\\.pdf \\(SHA-256 ${first!.sha256}\\) otrais\\.pdf`))
  assert.equal((await anna.file(`/attachments/${first!.id}`)).status, 404)
})

test('the same content is kept once, and is removed only once nothing is attached by it', async () => {
  const [{ added: [one] }, { added: [two] }] = [await record([['a.pdf', pdf('vienāds')]]), await record([['b.pdf', pdf('vienāds')]])]
  assert.equal(one!.sha256, two!.sha256)
  const take = ({ id, owner_id }: { id: number; owner_id: number }) => anna.attach(`${list}/${owner_id}`, { [`remove-${id}`]: 'yes', justification: 'Lieks' }, [])
  const isKept = async () => (await filesUnder('files')).includes(one!.sha256)
  await take(one!)
  await cleanAttachments(world.system())
  assert.equal(await isKept(), true)
  assert.equal((await anna.file(`/attachments/${two!.id}`)).status, 200)
  await take(two!)
  await cleanAttachments(world.system())
  assert.equal(await isKept(), false)
  assert.deepEqual(new Set(await filesUnder('files')), new Set((await stored()).map(({ sha256 }) => sha256)), 'nothing else was removed')
})

test('what a crash left behind is removed, and what is just being kept is not', async () => {
  const { store, incoming } = world.settings.attachments
  const path = join(incoming, 'left-by-a-crash')
  const ofNothing = createHash('sha256').update('bārenis').digest('hex')
  await mkdir(incoming, { recursive: true })
  await writeFile(path, 'bārenis')
  await store.keep(ofNothing, path)
  const content = pdf('tikko')
  await writeFile(join(incoming, 'sent'), content)
  const files = await examineUploads(world.as(owner), [{ field: 'files', name: 'tikko.pdf', path: join(incoming, 'sent'), size: content.length, state: 'whole' }])
  const [kept, committing] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const keeping = writing(world.db, async (tx) => {
    await keepUploads(tx, world.as(owner), { kind: 'inspection', caseId: villa.caseId, id: 1 }, files)
    kept.resolve()
    await committing.promise
  })
  await kept.promise
  const cleaning = cleanAttachments(world.system())
  committing.resolve()
  await Promise.all([keeping, cleaning])
  const found = await filesUnder('files')
  assert.deepEqual([found.includes(ofNothing), found.includes(files.files[0]!.sha256)], [false, true])
  assert.ok((await filesUnder('incoming')).includes('sent'), 'it may still be read')
  await cleanAttachments({ ...world.system(), now: new Date(Date.now() + 2 * 86_400_000) })
  assert.deepEqual(await filesUnder('incoming'), [])
})

test('with a store of objects files go there; while it is away nothing is recorded, and the same form goes later', async () => {
  const s3 = await openS3()
  const settings = { ...world.settings, attachments: { ...world.settings.attachments, store: blobS3(s3.config) } }
  const guest = await (await openSite(world, { settings }))(owner)
  const send = () => guest.attach(`${list}/new`, { ...form, performedOn: '31.12.2024' }, [['akts.pdf', pdf('objekts')]])
  const before = await stored()
  s3.control.isDown = true
  assert.equal((await send()).status, 503)
  assert.deepEqual([await stored(), s3.objects.size], [before, 0])
  s3.control.isDown = false
  assert.equal((await send()).status, 303)
  const { id, sha256 } = (await stored()).at(-1)!
  assert.deepEqual([...s3.objects.keys()], [`sha256/${sha256}`])
  assert.deepEqual((await guest.file(`/attachments/${id}`)).content, pdf('objekts'))
})
