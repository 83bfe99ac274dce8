-- Messages between the people of a house: drafts and what was sent, and the templates of a profile.

create table house_message (
  case_id bigint not null references case_file,
  id bigint generated always as identity,
  -- For whom it is written, and who wrote it last.
  profile_id bigint not null references party,
  person_id bigint not null references party,
  subject text not null,
  body text not null,
  -- {"all": false, "manager": true, "parties": [1, 2]}, as it was chosen.
  addressees jsonb not null,
  written_at timestamptz not null,
  -- Null: a draft.
  notice_id bigint,
  sent_at timestamptz,
  sent_on date,
  recipients integer not null,
  primary key (case_id, id),
  check ((sent_at is null) = (notice_id is null) and (sent_at is null) = (sent_on is null))
);
create index house_message_profile on house_message (profile_id, case_id, id);
create index house_message_sent on house_message (profile_id, sent_on) where sent_on is not null;

create table message_template (
  id bigint generated always as identity primary key,
  profile_id bigint not null references party,
  name text not null check (name <> ''),
  subject text not null,
  body text not null,
  unique (profile_id, name)
);

grant select, insert, update, delete on house_message, message_template to nams_app;
