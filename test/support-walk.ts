// What a walk through every route sends: addresses that lead somewhere, and forms that their person could send as they are.
import { submitReading } from '../src/meters/reading-actions.ts'
import { addMeter } from '../src/meters/meter-actions.ts'
import { tell } from '../src/notifications/tell.ts'
import { writing } from '../src/platform/database.ts'
import { pdf } from './files.ts'
import { newKeys } from './push-service.ts'
import type { Guest } from './site.ts'
import { supportWorld, type SupportWorld } from './support-world.ts'

const type = { type: 'FIRE_SAFETY', ownType: '', label: '', firstOn: '01.03.2027', every: '1', 'every-unit': 'YEAR', remindBefore: '1', 'remindBefore-unit': 'MONTH', justification: 'Tā vajag' }
const inspection = { type: '1', ownType: '', label: '', performedOn: '10.02.2026', periodic: 'yes', number: '', justification: '' }
const meter = { type: 'WATER', number: 'J-1', installedOn: '01.01.2026', initial: '100', status: 'ACTIVE', validUntil: '', periodMonths: '3', designation: '', premises: '', justification: 'Tā vajag' }
const reading = (readOn: string, value: string) => ({ readOn, value, difference: '', justification: 'Tā vajag' })
const message = { subject: 'Ūdens', body: 'Rīt no 9' }
const why = { justification: 'Tā vajag' }
const announcement = { category: 'general', audience: 'everyone', isUrgent: '', titleLv: 'Ziņa', titleEn: 'News', textLv: 'Teksts', textEn: 'Text', startsOn: '24.11.2026', fromTime: '20:00', endsOn: '24.11.2026', toTime: '22:00', leadHours: '24' }
const problem = { kind: 'problem', topic: 'meters', subject: 'Vēl kas', description: 'Nekas nenotiek.', happenedOn: '22.11.2026', happenedAt: '08:30' }
const known = { titleLv: 'Skaitītāji nestrādā', titleEn: 'Meters do not work', textLv: 'Labojam.', textEn: 'We mend it.' }
const decision = { kind: 'PERMIT_ISSUED', number: 'BA-1', about: 'garāža', date: '20.11.2026', note: '', caseNumber: '', recipients: '32999999991 Ivars Iniciators', step: 'tell' }

/** `as`: in which of the person's profiles; `file`: what the form sends instead of fields. */
export type Sent = { form?: Record<string, string>; file?: string; as?: 'firm' }

const readingsSheet = (on: string, value: string) => `Mājas lieta;Skaitītāja Nr.;Datums;Rādījums\nML-villa;44-1;${on};${value}`
const metersSheet = (number: string) => `Lieta;Numurs;Veids;Uzstādīts\nML-villa;${number};Siltums;01.03.2026.`

/** Every form of every page, in an order in which their person could send them one after the other. */
export const sentTo = ({ janis, firm }: Pick<SupportWorld, 'janis' | 'firm'>): Record<string, Sent> => ({
  '/calendar/feeds': { form: { name: 'Vēl viens', case: '' } },
  '/calendar/feeds/:id/revoke': {},
  '/cases/:number/inspection-types/new': { form: { ...type, type: 'ELECTRICAL_INSTALLATION', label: 'B' } },
  '/cases/:number/inspection-types/:id/edit': { form: { ...type, every: '2' } },
  '/cases/:number/inspections/new': { form: { ...inspection, performedOn: '11.02.2026' } },
  '/cases/:number/inspections/:id': { form: { 'remove-1': 'yes', ...why } },
  '/cases/:number/inspections/:id/annul': { form: why },
  '/cases/:number/inspection-types/:id/remove': { form: why },
  '/cases/:number/round/order': { form: { order: '3,2,1' } },
  '/cases/:number/meters/new': { form: { ...meter, number: 'J-2' } },
  '/cases/:number/meters/:id/edit': { form: { ...meter, number: '44-1', periodMonths: '2' } },
  '/cases/:number/meters/:id/remove': { form: why },
  '/cases/:number/meters/:id': { form: reading('01.07.2026', '9998') },
  '/cases/:number/meters/:id/answer': { form: { answer: 'rolled-over', ...reading('01.08.2026', '5'), consumed: '7' } },
  '/cases/:number/meters/:id/readings/:readOn/edit': { form: reading('01.02.2026', '111') },
  '/cases/:number/meters/:id/readings/:readOn/remove': { form: why },
  '/cases/:number/round': { form: { meter: '1', ...reading('01.09.2026', '9') } },
  '/notices/:id': {},
  '/profile/notices': { form: { quietFrom: '22', quietTo: '7', digestHour: '' } },
  '/reports/new': { form: decision, as: 'firm' },
  '/cases/:number/messages/new': { form: { ...message, [`to-${janis.id}`]: 'yes', step: 'send' } },
  '/cases/:number/messages/:id': { form: { ...message, subject: 'Cits', step: 'draft' } },
  '/cases/:number/messages/:id/remove': {},
  '/cases/:number/templates/new': { form: { name: 'Otra', ...message } },
  '/cases/:number/templates/:id': { form: { step: 'remove' } },
  '/profile/tokens': { form: { name: 'Programma', profile: String(firm.id) } },
  '/profile/tokens/:id/revoke': {},
  '/profile/sessions/:id/end': {},
  '/profile/email': { form: { do: 'add', address: 'anna.cita@example.test' } },
  '/profile/email/:id/remove': {},
  '/profile/devices': { form: { endpoint: 'http://127.0.0.1:9/x', ...deviceKeys() } },
  '/profile/devices/:id/remove': {},
  '/problems/new': { form: problem },
  '/problems/:number': { form: { step: 'reply', body: 'Vēl kas' } },
  '/readings/import': { file: readingsSheet('01.06.2026.', '180') },
  '/readings/import/:id': { form: { step: 'take' } },
  '/readings/imports/:id/undo': { form: why },
  '/meters/import': { file: metersSheet('D-3') },
  '/meters/import/:id': { form: { step: 'take', ...why } },
  '/meters/imports/:id/undo': { form: why },
  '/profile/choose': { form: { profile: String(firm.id) } },
  '/profile/support-access/open': { form: { scope: 'all' } },
  '/profile/support-access/close': {},
})

/** What the person does for the installation, as an operator and at the support desk: nobody who looks is lent it. */
export const sentAsStaff: Record<string, Sent> = {
  '/runs': {},
  '/announcements/new': { form: announcement },
  '/announcements/follow': { form: { step: 'follow' } },
  '/announcements/:id/edit': { form: { ...announcement, titleEn: 'Other news', revision: '1' } },
  '/announcements/:id': { form: { step: 'publish' } },
  '/desk/:number': { form: { step: 'note', note: 'Jāskatās kopā' } },
  '/desk/answers/new': { form: { name: 'Sveiciens', textLv: 'Labdien!', textEn: 'Hello!' } },
  '/desk/answers/:id': { form: { step: 'remove' } },
  '/desk/known/new': { form: known },
  '/desk/known/:id': { form: { ...known, step: 'save', titleEn: 'Meters stand still' } },
}

function deviceKeys() {
  const { publicKey } = newKeys()
  return { p256dh: publicKey, auth: Buffer.alloc(16, 7).toString('base64url') }
}

const send = (guest: Guest, path: string, { form = {}, file }: Sent) => (file === undefined ? guest.post(path, form) : guest.send(path, 'tabula.csv', Buffer.from(file)))

/** The address that a route has in this world; undefined where the walk does not know one. */
export function placeOf(route: string, report: string): string | undefined {
  if (route.startsWith('/api/v1/')) return route.replace(/:\w+/g, '1')
  const ids: readonly [RegExp, string][] = [
    [/^\/cases\/:number\/meters\/:id\/remove/, '2'],
    [/^\/(cases\/:number\/(meters|inspection-types|inspections|templates)|notices|attachments|reports|calendar\/feeds|profile\/(tokens|devices|email|support-access\/looks)|announcements|desk\/(answers|known))\/:id/, '1'],
    [/^\/cases\/:number\/messages\/:id/, '1'],
    [/^\/profile\/sessions\/:id/, '2'],
    [/^\/readings\/import\/:id\/refused/, '4'],
    [/^\/meters\/import\/:id\/refused/, '2'],
    [/^\/readings\/import\/:id/, '1'],
    [/^\/readings\/imports\/:id/, '2'],
    [/^\/meters\/import\/:id/, '3'],
    [/^\/meters\/imports\/:id/, '1'],
  ]
  const id = ids.find(([pattern]) => pattern.test(route))?.[1]
  const isHouse = /\/(meters|round|consumption|balance|received|sent|messages|templates)\b/.test(route)
  const place = route
    .replace(/^\/(problems|desk)\/:number/, `/$1/${report}`)
    .replace(':number', isHouse ? 'ML-villa' : 'EL-1')
    .replace(':readOn', '2026-02-01')
    .replace(':chapter', 'cases')
    .replace(':locale/:name', 'lv/case.png')
    .replace(/:(token|secret)/, '1.x')
  const whole = id === undefined ? place : place.replace(':id', id)
  return whole.includes(':') ? undefined : whole
}

export { send }

const oidc = { issuer: 'https://127.0.0.1:9', clientId: 'nams', clientSecret: 'nams', scope: 'openid', claims: { code: 'code', givenName: 'given_name', surname: 'family_name' } }

/** A person who has something of everything, each with the number that `placeOf` names. */
export async function fullWorld(changes: Parameters<typeof supportWorld>[0] = {}) {
  const built = await supportWorld({ demo: true, ...changes }, { push: { publicKey: newKeys().publicKey, services: ['127.0.0.1'] }, mailFolder: '/nonexistent', oidc })
  const { world, anna, ctxOf, browser } = built
  const own = await browser(anna)
  const did = async (path: string, sent: Sent) => {
    const { status, words } = await send(own, path, sent)
    if (status !== 303) throw new Error(`${path}: ${status} ${words}`)
  }
  const plain = { ...meter, number: '44-1', installedOn: '2026-01-01', periodMonths: '1' }
  for (const number of ['44-1', '44-2']) await addMeter(ctxOf(anna), 'ML-villa', { ...plain, number })
  await submitReading(ctxOf(anna), 'ML-villa', 1, { readOn: '2026-02-01', value: '110', difference: '', estimated: false, consumed: '', justification: '' })
  await did('/cases/EL-1/inspection-types/new', { form: type })
  await own.attach('/cases/EL-1/inspections/new', inspection, [['akts.pdf', pdf()]])
  await writing(world.db, (tx) => tell(tx, world.system(), { kind: 'READING_DUE', data: { address: 'Villas iela 1', type: 'WATER', number: '44-1', on: '2026-12-01' }, recipients: [anna.id] }))
  await did('/cases/ML-villa/messages/new', { form: { ...message, step: 'draft' } })
  await did('/cases/ML-villa/templates/new', { form: { name: 'Viena', ...message } })
  await did('/calendar/feeds', { form: { name: 'Tālrunis', case: '' } })
  await did('/profile/tokens', { form: { name: 'Mājas programma', profile: String(anna.id) } })
  await did('/profile/email', { form: { do: 'add', address: 'otra@example.test' } })
  await did('/profile/devices', sentTo(built)['/profile/devices']!)
  await did('/readings/import', { file: readingsSheet('01.05.2026.', '150') })
  await did('/meters/import', { file: `${metersSheet('D-1')}\n;D-9;Gāze;01.02.2026.` })
  await did('/meters/import/2', { form: { step: 'take', ...why } })
  await did('/meters/import', { file: metersSheet('D-2') })
  await did('/readings/import', { file: `${readingsSheet('01.04.2026.', '140')}\nML-villa;99-9;01.04.2026.;5` })
  await did('/readings/import/4', { form: { step: 'take' } })
  await browser(anna)
  return { ...built, own }
}
