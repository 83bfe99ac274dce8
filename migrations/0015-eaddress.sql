-- Messages to official e-addresses: what was signed and sent, and everything that the service said of it. Nothing of it is ever deleted.

create table eaddress_message (
  notice_id bigint not null,
  case_id bigint not null,
  party_id bigint not null references party,
  -- By which the service knows a repeat; made once, before the first attempt.
  sender_ref text not null unique,
  -- The signed DIV envelope, byte for byte as it is sent, however often.
  envelope bytea not null,
  -- Signed here, taken by the service, accepted by it, delivered to the mailbox; or rejected by one of both.
  status text not null check (status in ('signed', 'taken', 'accepted', 'delivered', 'rejected')),
  status_reason text,
  message_id text unique,
  signed_at timestamptz not null,
  sent_at timestamptz,
  accepted_at timestamptz,
  delivered_at timestamptz,
  -- The service's signed word that it took the message.
  server_confirmation bytea,
  primary key (notice_id, party_id),
  foreign key (case_id, notice_id) references notice,
  check (status in ('signed', 'rejected') or (message_id is not null and sent_at is not null))
);
create index eaddress_unconfirmed on eaddress_message (sent_at) where message_id is not null and server_confirmation is null;

-- What the service told of a message, once for each of its ids.
create table eaddress_notification (
  id text primary key,
  notice_id bigint not null,
  party_id bigint not null,
  type text not null,
  status text not null,
  reason text not null,
  told_at timestamptz not null,
  received_at timestamptz not null,
  foreign key (notice_id, party_id) references eaddress_message
);
create index eaddress_notification_message on eaddress_notification (notice_id, party_id);

-- When the service was last asked, by whichever process.
create table eaddress_poll (
  single boolean primary key default true check (single),
  polled_at timestamptz not null
);

grant select, insert, update on eaddress_message, eaddress_notification, eaddress_poll to nams_app;
