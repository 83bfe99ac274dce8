// The sweep's bench data: buildings with their parties, three inspection types each and what was done, by plain SQL.
// Consistent with the rules (the dates kept are those that `scheduled` says), so that the sweep finds what it would find in life.

/**
 * On the first morning `dueShare` of all types is due, in the first quarter of the buildings; on the second a tenth of that,
 * on the third again all of it, both in all buildings.
 */
export const mornings = { quarter: '2027-03-01', tenth: '2027-03-15', full: '2027-04-01' } as const

/** From the first building to the last, inclusive, of `buildings` in the end. */
export type Portion = { from: number; to: number; buildings: number; dueShare: number }

const series = ({ from, to }: Portion) => `generate_series(${from}, ${to}) as i`
const digits = (number: string, length: number) => `lpad((${number})::text, ${length}, '0')`

/** Every person holds a building; of them 40 % have a verified address. One organisation for 200 buildings manages. */
const parties = (portion: Portion) => `
  insert into party (id, kind, code, name, given_name, surname, email, email_verified_on, language, created_at) overriding system value
  select i, 'person', '3' || ${digits('i', 10)}, 'Persona ' || i, 'Persona', i::text,
    case when i % 10 < 6 then 'persona' || i || '@example.test' end, case when i % 10 < 4 then date '2020-01-01' end, 'lv', timestamptz '2020-01-01'
  from ${series(portion)};
  insert into party (id, kind, code, name, email, email_verified_on, language, created_at) overriding system value
  select 100000000 + i / 200, 'organisation', '4' || ${digits('i / 200', 10)}, 'SIA Pārvaldnieks ' || i / 200,
    'parvaldnieks' || i / 200 || '@example.test', date '2020-01-01', 'lv', timestamptz '2020-01-01'
  from ${series(portion)} where i % 200 = 0 or i = ${portion.from} on conflict do nothing;`

const buildings = (portion: Portion) => `
  insert into building (id, designation, address, main_use_code, main_use, is_public) overriding system value
  select i, ${digits('i', 14)}, 'Ķiršu iela ' || i || ', Cēsis, LV-4101', '1122', 'Triju vai vairāku dzīvokļu mājas', i % 50 = 7 from ${series(portion)};
  insert into case_file (id, kind, number, building_id, opened_at) overriding system value
  select i, 'operation', 'EL-' || i, i, timestamptz '2020-01-01' from ${series(portion)};`

/** One building in a hundred has 24 flats, one in ten an owner before this one, 30 % a manager, two thirds of those a responsible person. */
const rights = (portion: Portion) => `
  insert into holder (building_id, premises, "right", party_id, valid_from, valid_to)
  select i, '', 'owner', i, date '2015-01-01', null::date from ${series(portion)} where i % 100 <> 55 union all
  select i, '', 'owner', greatest(i - 3, 1), date '2005-01-01', date '2014-12-31' from ${series(portion)} where i % 10 = 1 union all
  select i, ${digits('i', 14)} || ${digits('flat', 3)}, 'owner', greatest(i - flat, 1), date '2010-01-01', null
  from ${series(portion)}, generate_series(1, 24) flat where i % 100 = 55;
  insert into manager (building_id, party_id, valid_from, valid_to)
  select i, 100000000 + i / 200, date '2018-01-01', null from ${series(portion)} where i % 10 < 3;
  insert into responsible (building_id, manager_id, manager_from, person_id, valid_from, valid_to)
  select i, 100000000 + i / 200, date '2018-01-01', greatest(i - i % 1000, 1), date '2019-01-01', case when i % 70 = 1 then date '2026-01-01' end
  from ${series(portion)} where i % 10 < 2;`

/** A type is due on a morning by chance, told by a hash of its number; none is due twice, and one in twenty has no reminder. */
const dueOn = ({ buildings, dueShare }: Portion) => {
  const share = Math.round((dueShare * 100_000 * 20) / 19)
  return `case when t % 20 = 19 then null
    when mod(t * 104729::bigint, 100000) < ${share} then date '${mornings.full}'
    when mod(t * 104729::bigint, 100000) < ${Math.round(share * 1.1)} then date '${mornings.tenth}'
    when t <= ${Math.floor(buildings / 4) * 3} and mod(t * 7919::bigint, 100000) < ${share * 4} then date '${mornings.quarter}' end`
}

const types = (portion: Portion) => `
  insert into inspection_type (case_id, id, type, type_key, label, label_key, first_on, period_value, period_unit, reminder_value, reminder_unit,
    last_performed_on, next_on, remind_on, last_notified_on) overriding system value
  select i, t, type, type, '', '', case when done then date '2024-01-15' else next_on end, 1, 'YEAR',
    case when t % 20 <> 19 then 1 end, case when t % 20 <> 19 then 'MONTH' end,
    case when done then (next_on - interval '1 year')::date end, next_on,
    case when t % 20 <> 19 then (next_on - interval '1 month')::date end,
    case when done and t % 20 <> 19 then (next_on - interval '13 months')::date end
  from ${series(portion)}, unnest(array['PERIODIC_TECHNICAL_SURVEY', 'FIRE_SAFETY', 'DANGEROUS_EQUIPMENT']) with ordinality as system (type, k),
    lateral (select (i - 1) * 3 + k as t) numbered,
    lateral (select t % 10 <> 9 as done, coalesce((${dueOn(portion)} + interval '1 month')::date, date '2027-06-02' + (t % 180)::int) as next_on) dated;`

/** Nine types in ten have been inspected, two or three times, a year apart. */
const inspections = ({ from, to }: Portion) => `
  insert into inspection (case_id, id, type, type_key, label, label_key, performed_on, periodic, status, number) overriding system value
  select case_id, id * 3 + back, type, type, '', '', (last_performed_on - make_interval(years => back))::date, true, 'registered', ''
  from inspection_type, lateral generate_series(0, 1 + (id % 3 > 0)::int) back
  where case_id between ${from} and ${to} and last_performed_on is not null;`

/** Right by construction, so that foreign keys need not be asked: for that it takes a superuser. */
export const portionSql = (portion: Portion): string => `
  set session_replication_role = replica;
  ${parties(portion)} ${buildings(portion)} ${rights(portion)} ${types(portion)} ${inspections(portion)}
  set session_replication_role = origin;`

/** The very rows that a sweep wrote, kept aside for the floor to write again. */
export const keepSql = `
  drop table if exists kept_notice, kept_entry, kept_delivery;
  create unlogged table kept_notice as table notice;
  create unlogged table kept_entry as table inbox_entry;
  create unlogged table kept_delivery as table delivery;
  grant select on kept_notice, kept_entry, kept_delivery to nams_app;`

/** Reading the due index and writing the rows, with nothing else. */
export const floorSql = (morning: string): string[] => [
  'insert into notice overriding system value select * from kept_notice',
  'insert into inbox_entry select * from kept_entry',
  'insert into delivery select * from kept_delivery',
  `update inspection_type set last_notified_on = date '${morning}'
   where deleted_at is null and remind_on <= date '${morning}' and (last_notified_on is null or last_notified_on < remind_on)`,
]

/** Back to the evening before. */
export const eveningBeforeSql = (morning: string): string => `
  truncate notice, inbox_entry, delivery;
  update inspection_type set last_notified_on = case when last_performed_on is not null then (next_on - interval '13 months')::date end
  where last_notified_on = date '${morning}';`
