// What there is in the demo: buildings, who holds them and who manages them.
import type { PropertyKind } from '../cases/tables.ts'
import type { HolderRight } from '../buildings/tables.ts'
import { andris, anna, company, guntis, ilze, janis, manager, municipality, neighbours, velta } from './people.ts'
import type { DemoOrganisation, DemoPerson } from './people.ts'

export type DemoBuilding = { designation: string; address: string; useCode: string; use: string; isPublic: boolean }

const building = (designation: string, address: string, useCode: string, use: string, isPublic = false): DemoBuilding => ({
  designation,
  address,
  useCode,
  use,
  isPublic,
})

export const cottage = building('80150030217001', 'Bērzu iela 7, Sigulda, Siguldas novads', '1110', 'Viena dzīvokļa mājas')
export const flats = building('42010051208001', 'Ķiršu iela 12, Cēsis, Cēsu novads', '1122', 'Triju vai vairāku dzīvokļu mājas')
export const garage = building('42010051208002', 'Ķiršu iela 12A, Cēsis, Cēsu novads', '1242', 'Garāžu ēkas')
export const school = building(
  '42470020316001',
  'Skolas iela 3, Gaujmala, Gaujmalas novads',
  '1263',
  'Skolas, universitātes un zinātniskajai pētniecībai paredzētās ēkas',
  true,
)
export const office = building('96010080114001', 'Tirgus iela 5, Valmiera, Valmieras novads', '1220', 'Biroju ēkas')
export const twoOwners = building('62010140506001', 'Upes iela 18, Kuldīga, Kuldīgas novads', '1110', 'Viena dzīvokļa mājas')
export const farmhouse = building('42420060085001', '“Mežmalas”, Amatas pagasts, Cēsu novads', '1110', 'Viena dzīvokļa mājas')

export const rented = building('42010060317001', 'Ābeļu iela 9, Cēsis, Cēsu novads', '1110', 'Viena dzīvokļa mājas')

export const buildings: readonly DemoBuilding[] = [cottage, flats, garage, school, office, twoOwners, farmhouse, rented]

export const houseCases: readonly { number: string; property: string; kind: PropertyKind; buildings: readonly DemoBuilding[] }[] = [
  { number: 'ML-00001', property: '42010051208', kind: 'apartments', buildings: [flats, garage] },
  { number: 'ML-00002', property: '62010140506', kind: 'joint', buildings: [twoOwners] },
  { number: 'ML-00003', property: '80150030217', kind: 'joint', buildings: [cottage] },
]

/** Someone who holds a building, or one flat of it, since so many years ago. */
export type DemoHolder = {
  building: DemoBuilding
  premises: string
  right: HolderRight
  holder: DemoPerson | DemoOrganisation
  sinceYears: number
  endedDaysAgo?: number
}

const owner = (of: DemoBuilding, holder: DemoPerson | DemoOrganisation, sinceYears: number): DemoHolder => ({
  building: of,
  premises: '',
  right: 'owner',
  holder,
  sinceYears,
})

const flat = (number: number) => `${flats.designation}${String(number).padStart(3, '0')}`

/** Flats 1 to 22 have the neighbours, four of them two of these; flat 23 is Anna's second home, flat 24 a company's. */
const flatOwners: readonly (DemoPerson | DemoOrganisation)[][] = [
  ...Array.from({ length: 22 }, (_, at) => (at < 4 ? [neighbours[2 * at]!, neighbours[2 * at + 1]!] : [neighbours[at + 4]!])),
  [anna],
  [company],
]

const inFlats: readonly DemoHolder[] = flatOwners.flatMap((owners, at) =>
  owners.map((holder) => ({ ...owner(flats, holder, 4 + ((at * 7) % 19)), premises: flat(at + 1) })),
)

export const holders: readonly DemoHolder[] = [
  owner(cottage, anna, 11),
  ...inFlats,
  ...flatOwners.flat().map((holder, at) => owner(garage, holder, 4 + ((at * 5) % 13))),
  owner(school, municipality, 27),
  owner(office, company, 8),
  { ...owner(office, andris, 15), endedDaysAgo: 8 * 365 },
  owner(twoOwners, guntis, 19),
  owner(twoOwners, ilze, 19),
  { ...owner(farmhouse, velta, 6), right: 'possessor' },
  owner(rented, anna, 7),
]

/** The house of flats and Anna's rented house have a responsible person, the office a manager alone; the rest look after themselves. */
export const managers: readonly { building: DemoBuilding; manager: DemoOrganisation; sinceYears: number; responsible?: DemoPerson }[] = [
  { building: flats, manager, sinceYears: 6, responsible: janis },
  { building: garage, manager, sinceYears: 6, responsible: janis },
  { building: office, manager, sinceYears: 2 },
  { building: rented, manager, sinceYears: 3, responsible: janis },
]
