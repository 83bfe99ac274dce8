// Who there is in the demo: every name, code and address is invented.

export type DemoPerson = { code: string; given: string; surname: string; email: string; isVerified: boolean }
export type DemoOrganisation = { code: string; name: string; email: string; isVerified: boolean }

const bare = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Personal codes of the new form, which tell nothing of a person. */
const person = (serial: number, given: string, surname: string, isVerified = true): DemoPerson => ({
  code: `32${String(4_710_000 + serial * 79_193).padStart(9, '0')}`,
  given,
  surname,
  email: `${bare(given)}.${bare(surname)}@example.test`,
  isVerified,
})

export const anna = person(1, 'Anna', 'Kalniņa')
export const janis = person(2, 'Jānis', 'Ozols')
export const inese = person(3, 'Inese', 'Bērziņa')
export const martins = person(4, 'Mārtiņš', 'Liepa')
export const andris = person(5, 'Andris', 'Krūmiņš')
export const liga = person(6, 'Līga', 'Vītola')
export const guntis = person(7, 'Guntis', 'Dreimanis')
export const ilze = person(8, 'Ilze', 'Dreimane', false)
export const velta = person(9, 'Velta', 'Eglīte', false)

const names: readonly [string, string][] = [
  ['Aija', 'Zariņa'], ['Edgars', 'Zariņš'], ['Dace', 'Jansone'], ['Raimonds', 'Balodis'], ['Kristīne', 'Ābola'], ['Ģirts', 'Kļaviņš'],
  ['Sandra', 'Pētersone'], ['Uldis', 'Pētersons'], ['Baiba', 'Lāce'], ['Oskars', 'Rozītis'], ['Mairita', 'Čakste'], ['Valdis', 'Siliņš'],
  ['Zane', 'Grīnberga'], ['Artis', 'Grīnbergs'], ['Evija', 'Medne'], ['Normunds', 'Vanags'], ['Ieva', 'Strautiņa'], ['Juris', 'Šmits'],
  ['Laima', 'Kārkliņa'], ['Ainārs', 'Kārkliņš'], ['Gunta', 'Ziediņa'], ['Kaspars', 'Briedis'], ['Rūta', 'Apine'], ['Toms', 'Ūdris'],
  ['Elīna', 'Dzenīte'], ['Ojārs', 'Celmiņš'],
]

/** Owners of flats; every fourth has an address that nobody has verified yet. */
export const neighbours: readonly DemoPerson[] = names.map(([given, surname], at) => person(10 + at, given, surname, at % 4 !== 3))

export const manager: DemoOrganisation = {
  code: '49999910010',
  name: 'SIA “Ķiršu nami”',
  email: 'parvalde@kirsu-nami.example.test',
  isVerified: true,
}
export const municipality: DemoOrganisation = {
  code: '99999920022',
  name: 'Gaujmalas novada pašvaldība',
  email: 'dome@gaujmala.example.test',
  isVerified: true,
}
export const company: DemoOrganisation = { code: '49999930036', name: 'AS “Baltā kaija”', email: 'birojs@balta-kaija.example.test', isVerified: true }

export const buildingAuthority: DemoOrganisation = {
  code: '99999940014',
  name: 'Cēsu apvienotā būvvalde',
  email: 'buvvalde@cesis.example.test',
  isVerified: true,
}
export const solvita = person(10 + names.length, 'Solvita', 'Upīte')

/** Of the support desk. */
export const marta = person(11 + names.length, 'Marta', 'Saulīte')

export const persons: readonly DemoPerson[] = [anna, janis, inese, martins, andris, liga, guntis, ilze, velta, ...neighbours, solvita, marta]
export const organisations: readonly DemoOrganisation[] = [manager, municipality, company, buildingAuthority]

export const representatives = [
  { organisation: manager, person: inese, kind: 'sole' },
  { organisation: municipality, person: martins, kind: 'sole' },
  { organisation: company, person: andris, kind: 'sole' },
  { organisation: company, person: liga, kind: 'joint' },
  { organisation: buildingAuthority, person: solvita, kind: 'sole' },
] as const
