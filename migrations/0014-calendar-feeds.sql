-- Calendars that people subscribe to from programs of their own; the address is a secret and kept only as its hash.

create table calendar_feed (
  id bigint generated always as identity primary key,
  token_hash text not null unique,
  person_id bigint not null references party,
  profile_id bigint not null references party,
  -- null: every case that the profile sees.
  case_id bigint references case_file,
  name text not null,
  created_at timestamptz not null,
  read_at timestamptz,
  revoked_at timestamptz
);
create index calendar_feed_person on calendar_feed (person_id) where revoked_at is null;

grant select, insert, update, delete on calendar_feed to nams_app;
