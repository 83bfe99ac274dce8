-- The e-mail addresses that people give themselves, and the mails by which they are verified.

-- The person has set or verified it here: the register's word no longer changes it.
alter table party add email_is_own boolean not null default false;

-- What can take the main address's place, which stands with the party.
create table other_email (
  id bigint generated always as identity primary key,
  party_id bigint not null references party,
  address text not null,
  verified_on date
);
create unique index other_email_once on other_email (party_id, lower(address));

-- A mail about an address: the link that verifies it, or the neutral reminder to do so (DOMAIN 6.3). The row is the job.
create table address_mail (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('link', 'reminder')),
  party_id bigint not null references party,
  address text not null,
  asked_at timestamptz not null,
  state text not null check (state in ('queued', 'sent', 'failed')),
  attempts integer not null,
  due_at timestamptz not null,
  -- Of a link, once it is sent.
  expires_at timestamptz,
  used_at timestamptz,
  answer text
);
create index address_mail_due on address_mail (due_at) where state = 'queued';
create index address_mail_party on address_mail (party_id, asked_at) where kind = 'link';
create index address_mail_address on address_mail (lower(address), asked_at) where kind = 'link';
-- One row for each address: what keeps it to once a week.
create unique index address_mail_reminder on address_mail (lower(address)) where kind = 'reminder';

grant select, insert, update, delete on other_email, address_mail to nams_app;
