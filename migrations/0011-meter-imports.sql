-- Meters come in tables as readings do: one record of imports, of tables that wait and of how a profile's columns are named.

alter table reading_import rename to sheet_import;
alter table reading_upload rename to sheet_upload;
alter table reading_columns rename to sheet_columns;
alter index reading_import_profile rename to sheet_import_profile;
alter index reading_upload_profile rename to sheet_upload_profile;

alter table sheet_import add what text not null default 'readings' check (what in ('readings', 'meters'));
alter table sheet_import alter what drop default;
alter table sheet_upload add what text not null default 'readings' check (what in ('readings', 'meters'));
alter table sheet_upload alter what drop default;
alter table sheet_columns add what text not null default 'readings' check (what in ('readings', 'meters'));
alter table sheet_columns alter what drop default;
alter table sheet_columns drop constraint reading_columns_pkey;
alter table sheet_columns add primary key (profile_id, what);

-- What an import of meters set, and what was set before: by this it can be undone.
create table sheet_import_meter (
  import_id bigint not null references sheet_import,
  case_id bigint not null,
  meter_id bigint not null,
  -- Null where the import added the meter.
  before jsonb,
  after jsonb not null,
  primary key (import_id, case_id, meter_id),
  foreign key (case_id, meter_id) references meter
);

grant select, insert on sheet_import_meter to nams_app;
