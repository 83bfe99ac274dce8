// A hundred thousand problem reports as people write them: in Latvian, some words in most of them, most words in few.
import { sql } from 'kysely'
import { kinds, topics } from '../src/problems/problem-report.ts'
import { marksOf, wordsOf } from '../src/problems/search-words.ts'
import type { Writer } from '../src/platform/database.ts'

const subjects = ['Rādījumu', 'Skaitītāju', 'Pārbaudi', 'Paziņojumu', 'Ēku', 'Lietu', 'Īpašnieku', 'Pārvaldnieku', 'Dokumentu', 'Atgādinājumu', 'Veidlapu', 'Profilu', 'Pilnvaru', 'Adresi', 'Kalendāru', 'Sarakstu', 'Apsekošanu', 'Termiņu', 'Ziņu', 'Failu']
const verbs = ['nevar iesniegt', 'neizdodas saglabāt', 'nevar atvērt', 'nerāda', 'rāda nepareizi', 'nevar atrast', 'pazuda pēc saglabāšanas', 'nevar labot', 'pienāca divreiz', 'nevar lejupielādēt', 'nedrīkst dzēst', 'prasa vēlreiz']
const openings = ['Labdien! ', 'Sveiki, ', 'Lūdzu palīdzību: ', 'Vakar vakarā ', 'Jau trešo dienu ', 'Pēc pēdējās piegādes ', 'Mūsu namā ', 'Kad spiežu “Saglabāt”, ', 'Telefonā ', 'Pārlūkā Firefox ']
const middles = ['siltuma skaitītāja rādījums netiek pieņemts', 'aukstā ūdens skaitītājs neparādās sarakstā', 'ugunsdrošības pārbaudes termiņš ir nepareizs', 'lifta pārbaude nav redzama kalendārā', 'dzīvokļa īpašnieks nav atrodams', 'pārvaldnieks nevar apstiprināt dokumentu', 'paziņojums uz e-pastu nepienāk', 'tehniskās apsekošanas atzinums nav pievienots', 'elektroinstalācijas mērījumi pazuda', 'dūmvadu tīrīšanas akts netiek saglabāts', 'kopīpašuma daļas ir samainītas', 'gāzes iekārtu pārbaude dubultojas', 'jumta remonta ieraksts nav labojams', 'pilnvara beidzas rīt un to nevar pagarināt', 'rādījumu vēsture rāda vecu mērvienību', 'karstā ūdens patēriņš aprēķināts nepareizi']
const endings = ['. Rāda kļūdu un nekas nenotiek.', '. Lūdzu izlabot iespējami drīz!', '. Kas man jādara?', '. Iepriekš viss strādāja.', '. Ekrānuzņēmums pielikumā.', '. Tas pats arī kaimiņiem.', '. Zvanīju, bet neviens neatbildēja.', '. Paldies jau iepriekš!']
const streets = ['Ķiršu', 'Brīvības', 'Rīgas', 'Skolas', 'Dārza', 'Parka', 'Liepu', 'Meža', 'Upes', 'Stacijas', 'Raiņa', 'Lāčplēša', 'Kr. Barona', 'Pļavas', 'Ezera', 'Saules']
const surnames = ['Bērziņ', 'Kalniņ', 'Ozoliņ', 'Jansons', 'Ozols', 'Liepiņ', 'Krūmiņ', 'Balodis', 'Eglīt', 'Zariņ', 'Pētersons', 'Vītols', 'Kļaviņ', 'Kārkliņ', 'Vanags', 'Grīnbergs']

/** The same numbers every time. */
function random(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** The first are met most often. */
const often = <T>(all: readonly T[], next: (below: number) => number): T => all[Math.min(next(all.length), next(all.length))]!

export type Bounds = { from: number; to: number }

const rareEvery = 20_000
/** A word that stands in a handful of all. */
export const rareWord = 'hidroakumulators'

function written(id: number) {
  const next = random(id * 7919)
  const subject = `${often(subjects, next)} ${often(verbs, next)}`
  const place = `${often(streets, next)} iela ${1 + next(180)}-${1 + next(60)}`
  const sentences = Array.from({ length: 2 + next(3) }, () => `${often(openings, next)}${often(middles, next)}${often(endings, next)}`)
  const rare = id % rareEvery === 17 ? ` Vainīgs ir ${rareWord}.` : ''
  const description = `${sentences.join(' ')} Adrese: ${place}. Kods K${next(1_000_000)}.${rare}`
  const answer = `Paldies par ziņojumu! ${often(middles, next)} – to labojam. Pieteikums ${next(1_000_000)}.`
  const [kind, topic] = [often(kinds, next), often(topics, next)]
  return { subject, description, answer, kind, topic, words: [...wordsOf(subject, description, answer, `Persona ${often(surnames, next)}a`), ...marksOf(kind, topic)] }
}

/** Of a hundred reports seven are support's turn, three wait for the person. */
const stateOf = (id: number) => (id % 100 < 4 ? 'NEW' : id % 100 < 7 ? 'IN_PROGRESS' : id % 100 < 10 ? 'WAITING_USER' : id % 100 < 30 ? 'RESOLVED' : 'CLOSED')

export const peopleSql = (people: number) => `
  insert into party (id, kind, code, name, given_name, surname, language, created_at) overriding system value
  select i, 'person', '32' || lpad(i::text, 9, '0'), 'Persona ' || i, 'Persona', i::text, 'lv', timestamptz '2020-01-01' from generate_series(1, ${people}) i;`

/** Told one every two minutes until `now`; what is due is so from two days ago to five days ahead. */
export async function addReports(tx: Writer, { from, to }: Bounds, { people, now }: { people: number; now: Date }): Promise<void> {
  const rows = Array.from({ length: to - from + 1 }, (_none, at) => {
    const id = from + at
    const { words, answer: _, ...text } = written(id)
    const createdAt = new Date(now.getTime() - (200_000 - id) * 120_000).toISOString()
    const state = stateOf(id)
    const dueAt = state === 'NEW' || state === 'IN_PROGRESS' ? new Date(now.getTime() + ((id * 37) % 10_080 - 2_880) * 60_000).toISOString() : null
    return { id, person: 1 + (id % people), ...text, created: createdAt, state, due: dueAt, assignee: id % 3 === 0 ? null : 1 + (id % 7), words: words.join(' ') }
  })
  await sql`
    insert into problem_report (id, person_id, profile_id, kind, topic, subject, description, happened_at, page, request_ids, state, state_at, created_at, assignee_id,
      answer_due_at, solution_due_at, due_at, words) overriding system value
    select id, person, person, kind, topic, subject, description, created, '/cases/EL-' || id, array['req-' || md5(id::text)], state, created, created, assignee,
      coalesce(due, created), coalesce(due, created), due, array_to_tsvector(string_to_array(words, ' '))
    from json_to_recordset(${JSON.stringify(rows)}::json) as given (id bigint, person bigint, kind text, topic text, subject text, description text, created timestamptz,
      state text, due timestamptz, assignee bigint, words text)`.execute(tx)
}
