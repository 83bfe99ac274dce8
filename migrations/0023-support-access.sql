-- Access for support (SUP-3): what a person opened for 72 hours, who looked for whom and at which pages, and what they may read meanwhile.

-- Open for 72 hours from `opened_at`, unless it ends before: no job has to close it.
create table support_grant (
  id bigint generated always as identity primary key,
  person_id bigint not null references party,
  -- Null: everything that the person sees, in each of their profiles.
  case_id bigint references case_file,
  opened_at timestamptz not null,
  closed_at timestamptz,
  -- The person closed it, pressed again before it was over, or did so after.
  closing text check (closing in ('closed', 'renewed', 'expired')),
  check ((closed_at is null) = (closing is null))
);
create unique index support_grant_standing on support_grant (person_id) where closed_at is null;
create index support_grant_person on support_grant (person_id, id);

-- Somebody of support looks for a person, for the sake of a report.
create table support_look (
  id bigint generated always as identity primary key,
  grant_id bigint not null references support_grant,
  staff_id bigint not null references party,
  report text not null,
  -- The session in which it is done, and the person's profile that is looked at.
  session_id bigint not null,
  profile_id bigint not null references party,
  started_at timestamptz not null,
  ended_at timestamptz
);
create index support_look_grant on support_look (grant_id, id);

create table support_page (
  look_id bigint not null references support_look,
  id bigint generated always as identity,
  at timestamptz not null,
  profile_id bigint not null references party,
  path text not null,
  title text not null,
  primary key (look_id, id)
);

alter table session add look_id bigint references support_look;

grant select, insert, update on support_grant, support_look to nams_app;
-- What was looked at cannot be changed.
grant select, insert on support_page to nams_app;

-- The role under which support looks, with nothing to write. A new table is closed to it until a migration says otherwise.
-- What takes the place of tables: personal codes are hidden, and links that act for whoever has them.
create schema support_sees;
create view support_sees.party as
  select id, kind, case kind when 'person' then '***********' else code end as code, name, given_name, surname, email, email_verified_on, email_is_own, language, created_at
  from public.party;
create view support_sees.delivery as
  select notice_id, case_id, party_id, channel, state, attempts, due_at, sent_at, answer, ready_at, expires_at, digest, subject,
    regexp_replace(body, '(https?://[^\s/]+/(u|verify)/)\S+', '\1…', 'g') as body
  from public.delivery;

grant usage on schema support_sees to nams_viewer;
grant select on support_sees.party, support_sees.delivery to nams_viewer;
grant select on representative, event, building, holder, manager, responsible, case_file, house_case_building, inspection_type, inspection,
  notice, inbox_entry, delivery_attempt, muted_notices, notice_timing, suppressed_address, other_email, address_mail,
  meter, reading, sheet_import, sheet_import_meter, sheet_upload, sheet_columns, house_message, message_template, announcement, problem_report, problem_message,
  support_grant, support_look, support_page to nams_viewer;
-- Without the secrets by which people and their programs come in and are reached.
grant select (id, person_id, profile_id, device, started_at, seen_at, ended_at, look_id) on session to nams_viewer;
grant select (id, person_id, profile_id, name, created_at, used_at, revoked_at) on api_token to nams_viewer;
grant select (id, person_id, profile_id, case_id, name, created_at, read_at, revoked_at) on calendar_feed to nams_viewer;
grant select (notice_id, case_id, party_id, status, status_reason, signed_at, sent_at, accepted_at, delivered_at, server_confirmation) on eaddress_message to nams_viewer;
grant select on eaddress_notification to nams_viewer;
