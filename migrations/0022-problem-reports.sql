-- Problem reports: what people tell support, question or suggestion alike, and the talk about each (SUP-1, SUP-2).

create table problem_report (
  -- Its number is made of it: PR-000123.
  id bigint generated always as identity primary key,
  -- Who reports, and in which profile it happened; both null where somebody without an account reports.
  person_id bigint references party,
  profile_id bigint references party,
  -- How somebody without an account is called and written to.
  reply_name text,
  reply_address text,
  kind text not null check (kind in ('problem', 'question', 'suggestion')),
  topic text not null,
  subject text not null,
  description text not null,
  happened_at timestamptz not null,
  -- What the program filled in and the person left in.
  page text,
  browser text,
  language text,
  version text,
  request_ids text[] not null,
  state text not null check (state in ('NEW', 'IN_PROGRESS', 'WAITING_USER', 'RESOLVED', 'CLOSED')),
  -- Since when.
  state_at timestamptz not null,
  created_at timestamptz not null,
  -- What the person said of the solution.
  helped boolean,
  check ((person_id is null) = (profile_id is null)),
  check ((person_id is null) = (reply_address is not null) and (reply_name is null) = (reply_address is null))
);
create index problem_report_person on problem_report (person_id, id);

-- What the person and support say to each other. Notes of support alone are kept elsewhere.
create table problem_message (
  report_id bigint not null references problem_report,
  id bigint generated always as identity,
  side text not null check (side in ('person', 'support')),
  -- Null: somebody without an account.
  author_id bigint references party,
  via text not null check (via in ('page', 'mail')),
  body text not null check (body <> ''),
  written_at timestamptz not null,
  primary key (report_id, id),
  check (side = 'person' or author_id is not null)
);

grant select, insert, update on problem_report to nams_app;
grant select, insert on problem_message to nams_app;
