-- What happened: one append-only row for each change. Case 0 is the installation itself (people, tokens, imports).

create table event (
  id bigint generated always as identity,
  case_id bigint not null,
  at timestamptz not null,
  action text not null,
  kind text not null check (kind in ('CREATE', 'UPDATE', 'DELETE')),
  subject_id bigint,
  actor_id bigint references party,
  acting_for_id bigint references party,
  via text not null check (via in ('page', 'api', 'command', 'job')),
  justification text,
  before jsonb,
  after jsonb,
  primary key (case_id, id)
);
create index event_subject on event (case_id, action, subject_id, id);

create table idempotency (
  person_id bigint not null references party,
  profile_id bigint not null references party,
  key text not null,
  request_hash text not null,
  value jsonb,
  created_at timestamptz not null,
  primary key (person_id, profile_id, key)
);
create index idempotency_created on idempotency (created_at);

-- The program works under the role nams_app, which can add events but neither change nor remove them.
grant select, insert, update, delete on party, representative, session, api_token, idempotency to nams_app;
grant select, insert on event to nams_app;
