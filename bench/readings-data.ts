// The readings' bench data: houses of one owner with a manager who looks after them, eleven meters each, read every month for ten years.
// Consistent with the rules, so that each answer is what it would be in life.

export const metersPerHouse = 11
export const readingsPerMeter = 120

export const housesOf = (readings: number) => Math.ceil(readings / readingsPerMeter / metersPerHouse)

/** House `n` has the case `ML-n`, which is `caseIdOf(n)`, and the token `nams_bench-n` of its owner. */
export const caseIdOf = (house: number) => 10_000_000 + house
export const caseNumberOf = (house: number) => `ML-${house}`
export const tokenOf = (house: number) => `nams_bench-${house}`
/** Its meters are numbered through, from 0 in each house. */
export const meterIdOf = (house: number, at: number) => (house - 1) * metersPerHouse + at + 1

/** The day and the value, in units, of the reading at a place behind those that are stored: one a day. */
export const laterReading = (place: number) => ({ readOn: new Date(Date.UTC(2015, 0, 2 + place)).toISOString().slice(0, 10), value: 5000 + place * 0.125 })

/** From the first house to the last, inclusive. */
export type Portion = { from: number; to: number }

const series = ({ from, to }: Portion) => `generate_series(${from}, ${to}) as i`
const digits = (number: string, length: number) => `lpad((${number})::text, ${length}, '0')`

const parties = (portion: Portion) => `
  insert into party (id, kind, code, name, given_name, surname, language, created_at) overriding system value
  select i + past, 'person', least(past, 1) + 3 || ${digits('i', 10)}, 'Persona ' || i, 'Persona', i::text, 'lv', timestamptz '2004-01-01'
  from ${series(portion)}, unnest(array[0, 20000000]) past;
  insert into party (id, kind, code, name, language, created_at) overriding system value
  select 40000000 + i / 400, 'organisation', '5' || ${digits('i / 400', 10)}, 'SIA Pārvaldnieks ' || i / 400, 'lv', timestamptz '2004-01-01'
  from ${series(portion)} where i % 400 = 0 or i = ${portion.from} on conflict do nothing;
  insert into api_token (person_id, profile_id, token_hash, name, created_at)
  select i, i, encode(sha256(('${tokenOf(0).slice(0, -1)}' || i)::bytea), 'hex'), 'Bench', timestamptz '2004-01-01' from ${series(portion)};`

const buildings = (portion: Portion) => `
  insert into building (id, designation, address, main_use_code, main_use, is_public) overriding system value
  select i, ${digits('i', 14)}, 'Ķiršu iela ' || i || ', Cēsis, LV-4101', '1122', 'Triju vai vairāku dzīvokļu mājas', false from ${series(portion)};
  insert into case_file (id, kind, number, building_id, opened_at) overriding system value
  select i, 'operation', 'EL-' || i, i, timestamptz '2004-01-01' from ${series(portion)};
  insert into case_file (id, kind, number, property_number, property_kind, opened_at) overriding system value
  select ${caseIdOf(0)} + i, 'house', 'ML-' || i, ${digits('i', 11)}, 'joint', timestamptz '2004-01-01' from ${series(portion)};
  insert into house_case_building (case_id, building_id) select ${caseIdOf(0)} + i, i from ${series(portion)};
  insert into holder (building_id, premises, "right", party_id, valid_from) select i, '', 'owner', i, date '2004-01-01' from ${series(portion)};
  insert into manager (building_id, party_id, valid_from) select i, 40000000 + i / 400, date '2004-01-01' from ${series(portion)};
  insert into responsible (building_id, manager_id, manager_from, person_id, valid_from)
  select i, 40000000 + i / 400, date '2004-01-01', i + 20000000, date '2004-01-01' from ${series(portion)};`

const meters = (portion: Portion) => `
  insert into meter (case_id, id, building_id, premises, type, unit, number, number_key, installed_on, initial, status, period_months, place,
    last_read_on, last_value, reading_due_on) overriding system value
  select ${caseIdOf(0)} + i, (i - 1) * ${metersPerHouse} + k, i, '', 'WATER', 'm³', 'M-' || k, 'M' || k, date '2005-01-01', 0, 'ACTIVE', 1, k,
    date '2015-01-01', ${readingsPerMeter} * 30000, date '2015-02-01'
  from ${series(portion)}, generate_series(1, ${metersPerHouse}) k;`

const readings = (portion: Portion) => `
  insert into reading (case_id, meter_id, read_on, value, rolled_over, estimated, warnings, entered_at, entered_by)
  select case_id, id, (date '2005-01-01' + make_interval(months => month))::date, month * 30000, 0, false, '{}', timestamptz '2015-01-01', case_id - ${caseIdOf(0)}
  from meter, generate_series(1, ${readingsPerMeter}) month where case_id between ${caseIdOf(portion.from)} and ${caseIdOf(portion.to)};`

/** Right by construction, so that foreign keys need not be asked: for that it takes a superuser. */
export const portionSql = (portion: Portion): string => `
  set session_replication_role = replica;
  ${parties(portion)} ${buildings(portion)} ${meters(portion)} ${readings(portion)}
  set session_replication_role = origin;`
