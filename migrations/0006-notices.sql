-- Notices, the inboxes they lie in, and what is still to be delivered by other channels.

create table notice (
  case_id bigint not null references case_file,
  id bigint generated always as identity,
  kind text not null,
  subject_id bigint not null,
  remind_on date,
  addressed text not null check (addressed in ('responsible', 'manager', 'holders')),
  data jsonb not null,
  created_on date not null,
  created_at timestamptz not null,
  run_id bigint references sweep_run,
  primary key (case_id, id)
);
create unique index notice_once on notice (case_id, kind, subject_id, remind_on);

create table inbox_entry (
  party_id bigint not null references party,
  notice_id bigint not null,
  case_id bigint not null,
  read_at timestamptz,
  read_by bigint references party,
  primary key (party_id, notice_id),
  foreign key (case_id, notice_id) references notice
);
create index inbox_unread on inbox_entry (party_id) where read_at is null;
create index inbox_notice on inbox_entry (case_id, notice_id);

create table delivery (
  notice_id bigint not null,
  case_id bigint not null,
  party_id bigint not null references party,
  channel text not null check (channel in ('email')),
  address text not null,
  state text not null check (state in ('queued', 'sent', 'failed')),
  attempts integer not null,
  due_at timestamptz not null,
  sent_at timestamptz,
  answer text,
  primary key (notice_id, party_id, channel),
  foreign key (case_id, notice_id) references notice
);
create index delivery_due on delivery (due_at) where state = 'queued';
create index delivery_notice on delivery (case_id, notice_id);

grant select, insert, update, delete on notice, inbox_entry, delivery to nams_app;
