-- Who there is: natural persons and organisations as one kind of party, who represents whom, and how they come in.

-- Latvian natural order on every engine: order by lv_sort(x) collate "C". Digits are padded so that 2 comes before 12.
create function lv_sort(t text) returns text language sql immutable strict parallel safe as $$
  select regexp_replace(regexp_replace(
    replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(lower(t),
    'ā','a~'),'č','c~'),'ē','e~'),'ģ','g~'),'ī','i~'),'ķ','k~'),'ļ','l~'),'ņ','n~'),'š','s~'),'ū','u~'),'ž','z~'),'y','i~~'),
    '(\d+)', '00000000\1', 'g'), '0*(\d{8})', '\1', 'g') $$;

create table party (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('person', 'organisation')),
  code text not null check (code ~ '^\d{11}$'),
  name text not null check (name <> ''),
  given_name text,
  surname text,
  email text,
  email_verified_on date,
  language text not null check (language in ('lv', 'en')),
  created_at timestamptz not null,
  unique (kind, code),
  check ((kind = 'person') = (given_name is not null and surname is not null)),
  check (email is not null or email_verified_on is null)
);

create table representative (
  organisation_id bigint not null references party,
  person_id bigint not null references party,
  kind text not null check (kind in ('sole', 'joint')),
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  primary key (organisation_id, person_id, kind, valid_from)
);
create index representative_person on representative (person_id);

create table session (
  token_hash text primary key,
  id bigint generated always as identity unique,
  person_id bigint not null references party,
  profile_id bigint not null references party,
  device text not null,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  ended_at timestamptz
);
create index session_person on session (person_id) where ended_at is null;

create table api_token (
  id bigint generated always as identity primary key,
  token_hash text not null unique,
  person_id bigint not null references party,
  profile_id bigint not null references party,
  name text not null,
  created_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);
create index api_token_person on api_token (person_id);
