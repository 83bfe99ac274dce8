-- Meters of a house case and their readings. Values are whole thousandths of the meter's unit.

create table meter (
  case_id bigint not null references case_file,
  id bigint generated always as identity,
  building_id bigint references building,
  -- The premise group that the meter serves; '' for a meter of the whole house.
  premises text not null check (premises ~ '^(\d{17})?$'),
  type text not null check (type in ('WATER', 'GAS', 'ELECTRICITY', 'HEAT')),
  unit text not null,
  number text not null,
  number_key text not null,
  installed_on date not null,
  initial bigint not null check (initial >= 0),
  status text not null check (status in ('ACTIVE', 'INACTIVE')),
  valid_until date check (valid_until > installed_on),
  period_months integer not null check (period_months between 1 and 12),
  place integer not null,
  replaces_id bigint,
  -- Kept true by the transaction that changes the meter or a reading.
  last_read_on date,
  last_value bigint,
  reading_due_on date not null,
  reading_notified_on date,
  validity_notified_on date,
  deleted_at timestamptz,
  primary key (case_id, id),
  foreign key (case_id, replaces_id) references meter,
  check (premises = '' or building_id is not null)
);
create unique index meter_number on meter (case_id, type, number_key) where deleted_at is null;
create unique index meter_replaced_once on meter (case_id, replaces_id) where deleted_at is null;

create table reading_import (
  case_id bigint,
  id bigint generated always as identity primary key,
  imported_at timestamptz not null,
  person_id bigint references party,
  profile_id bigint references party,
  file text not null,
  undone_at timestamptz
);

create table reading (
  case_id bigint not null,
  meter_id bigint not null,
  read_on date not null,
  id bigint generated always as identity,
  value bigint not null check (value >= 0),
  difference bigint,
  -- How a value below the one before came about: what the counter ran past before it began anew.
  rolled_over bigint not null check (rolled_over >= 0),
  estimated boolean not null,
  warnings text[] not null,
  entered_at timestamptz not null,
  entered_by bigint references party,
  import_id bigint references reading_import,
  primary key (case_id, meter_id, read_on),
  foreign key (case_id, meter_id) references meter
);
create index reading_import_rows on reading (import_id) where import_id is not null;

grant select, insert, update, delete on meter, reading, reading_import to nams_app;
