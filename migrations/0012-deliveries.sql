-- Deliveries by several channels: each attempt with its answer, what was said, what a person chose, and channels that have stopped.

-- Case 0: of no case, such as a permit of which an authority tells its initiator.
alter table notice drop constraint notice_case_id_fkey;
alter table notice drop constraint notice_addressed_check;
alter table notice add check (addressed in ('responsible', 'manager', 'holders', 'named'));
-- Who told it: null for the program itself.
alter table notice add sender_id bigint references party, add sender_for_id bigint references party;
create index notice_sender on notice (sender_for_id, id) where sender_for_id is not null;

alter table delivery drop constraint delivery_channel_check;
alter table delivery add check (channel in ('eaddress', 'email', 'push'));
alter table delivery drop constraint delivery_state_check;
alter table delivery add check (state in ('queued', 'sent', 'delivered', 'failed', 'cancelled'));
alter table delivery drop column address;
alter table delivery
  -- Since when it may be sent: when it was told, or when quiet hours or the digest let it go.
  add ready_at timestamptz,
  -- After this silence has become a failure.
  add expires_at timestamptz,
  -- It waits for the day's digest.
  add digest boolean not null default false,
  -- What was sent, as it was rendered.
  add subject text,
  add body text;
update delivery set ready_at = notice.created_at, expires_at = notice.created_at + interval '72 hours'
  from notice where notice.case_id = delivery.case_id and notice.id = delivery.notice_id;
alter table delivery alter ready_at set not null, alter expires_at set not null;

drop index delivery_due;
create index delivery_due on delivery (due_at) where state = 'queued' and not digest;
create index delivery_digest on delivery (due_at, party_id) where state = 'queued' and digest;
create index delivery_expiry on delivery (expires_at) where state = 'queued' or (state = 'sent' and channel = 'eaddress');
create index delivery_sent on delivery (channel, sent_at) where sent_at is not null;
create index delivery_failed on delivery (due_at) where state = 'failed';

create table delivery_attempt (
  notice_id bigint not null,
  party_id bigint not null,
  channel text not null,
  id bigint generated always as identity,
  at timestamptz not null,
  -- What stood in the way; null: it was taken.
  obstacle text check (obstacle in ('refused', 'delayed', 'unreachable', 'misconfigured')),
  answer text not null,
  primary key (notice_id, party_id, channel, id)
);

-- A channel that is misconfigured or whose other side is away: nothing is tried on it before `again_at`.
create table channel_stop (
  channel text primary key,
  obstacle text not null,
  answer text not null,
  since timestamptz not null,
  again_at timestamptz not null
);

-- What a profile has switched off.
create table muted_notices (
  party_id bigint not null references party,
  category text not null,
  channel text not null,
  primary key (party_id, category, channel)
);

-- Hours of the day in Europe/Riga, 0 to 23. `digest_hour` null: everything at once.
create table notice_timing (
  party_id bigint primary key references party,
  quiet_from integer check (quiet_from between 0 and 23),
  quiet_to integer check (quiet_to between 0 and 23),
  digest_hour integer check (digest_hour between 0 and 23),
  check ((quiet_from is null) = (quiet_to is null)),
  check (quiet_from <> quiet_to)
);

-- Addresses that a mail server has refused for good; the profile page says so to their owner.
create table suppressed_address (
  address text primary key,
  answer text not null,
  suppressed_at timestamptz not null
);

grant select, insert, update, delete on delivery_attempt, channel_stop, muted_notices, notice_timing, suppressed_address to nams_app;
