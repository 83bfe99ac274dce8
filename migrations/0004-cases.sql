-- Cases: one operation case for each building; a house case for a property with one or more buildings.

create sequence operation_case_number;

create table case_file (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('operation', 'house')),
  number text not null unique,
  building_id bigint unique references building,
  property_number text check (property_number ~ '^\d{11}$'),
  property_kind text check (property_kind in ('joint', 'apartments')),
  opened_at timestamptz not null,
  check ((kind = 'operation') = (building_id is not null)),
  check ((kind = 'house') = (property_number is not null and property_kind is not null))
);

create table house_case_building (
  case_id bigint not null references case_file,
  building_id bigint not null unique references building,
  primary key (case_id, building_id)
);

grant select, insert, update, delete on case_file, house_case_building to nams_app;
grant usage on sequence operation_case_number to nams_app;
