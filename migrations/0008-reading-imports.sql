-- Imports of readings: what each took, files that wait to be taken, and how a profile's columns are named.

alter table reading_import
  add accepted integer not null default 0,
  add warned integer not null default 0,
  add refused integer not null default 0,
  add undone_by bigint references party;
create index reading_import_profile on reading_import (profile_id, id);

-- Kept only until it is taken or discarded. `sheet` is a JSON array of rows, each its line and its cells as text.
create table reading_upload (
  id bigint generated always as identity primary key,
  person_id bigint not null references party,
  profile_id bigint not null references party,
  file text not null,
  uploaded_at timestamptz not null,
  sheet text not null,
  mapping jsonb not null,
  -- Once it is taken, the sheet is empty but for what was refused.
  import_id bigint references reading_import,
  taken_at timestamptz
);
create index reading_upload_profile on reading_upload (profile_id, id);

create table reading_columns (
  profile_id bigint primary key references party,
  -- The header that the profile's files have for each of our columns.
  headers jsonb not null
);

grant select, insert, update, delete on reading_upload, reading_columns to nams_app;
