-- How support works on problem reports: whose they are, by when they are due, what support notes for itself, and what it often says.

-- What many report: told of to all of them once it is solved.
create table known_problem (
  id bigint generated always as identity primary key,
  title_lv text not null,
  title_en text not null,
  text_lv text not null,
  text_en text not null,
  created_at timestamptz not null,
  solved_at timestamptz
);
create index known_problem_standing on known_problem (id) where solved_at is null;

create table canned_answer (
  id bigint generated always as identity primary key,
  name text not null unique check (name <> ''),
  text_lv text not null,
  text_en text not null
);

alter table problem_report
  -- In which somebody without an account is answered.
  add column reply_language text check (reply_language in ('lv', 'en')),
  add column assignee_id bigint references party,
  add column known_problem_id bigint references known_problem,
  -- By the rule, from the working hours of support.
  add column answer_due_at timestamptz,
  add column solution_due_at timestamptz,
  add column answered_at timestamptz,
  -- The next of the two while it is support's turn.
  add column due_at timestamptz,
  -- Every word of it once, folded: of the talk and of the notes too.
  add column words tsvector;

update problem_report set answer_due_at = created_at, solution_due_at = created_at,
  due_at = case when state in ('NEW', 'IN_PROGRESS') then created_at end,
  words = to_tsvector('simple', subject || ' ' || description);
alter table problem_report
  alter column answer_due_at set not null,
  alter column solution_due_at set not null,
  alter column words set not null,
  add check ((due_at is not null) = (state in ('NEW', 'IN_PROGRESS'))),
  add check ((person_id is null) = (reply_language is not null));

create index problem_report_due on problem_report (due_at, id) where due_at is not null;
create index problem_report_state on problem_report (state, id);
create index problem_report_words on problem_report using gin (words) with (fastupdate = off);
create index problem_report_known on problem_report (known_problem_id) where known_problem_id is not null;

-- What support writes for itself alone. Apart from the talk, so that nothing that shows the talk can show it.
create table problem_note (
  report_id bigint not null references problem_report,
  id bigint generated always as identity,
  author_id bigint not null references party,
  body text not null check (body <> ''),
  written_at timestamptz not null,
  primary key (report_id, id)
);

-- An answer on its way to somebody without an account. The row is the job.
create table problem_mail (
  id bigint generated always as identity primary key,
  report_id bigint not null references problem_report,
  address text not null,
  body text not null,
  asked_at timestamptz not null,
  state text not null check (state in ('queued', 'sent', 'failed')),
  attempts integer not null,
  due_at timestamptz not null,
  answer text
);
create index problem_mail_due on problem_mail (due_at) where state = 'queued';

-- A mail that was taken into a talk, by its Message-ID: sent again by a server, it is taken once.
create table problem_mail_taken (
  report_id bigint not null references problem_report,
  message_id text not null,
  primary key (report_id, message_id)
);

grant select, insert, update on known_problem, problem_mail to nams_app;
grant select, insert, update, delete on canned_answer to nams_app;
grant select, insert on problem_note, problem_mail_taken to nams_app;
