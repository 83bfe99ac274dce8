-- Devices on which a person is told of a profile's notices, by the push service of their browser.

create table push_subscription (
  id bigint generated always as identity primary key,
  -- The profile whose notices it is told of, and the person who asked for it in that profile.
  party_id bigint not null references party,
  person_id bigint not null references party,
  -- Where the browser's push service takes messages, and what they are encrypted with.
  endpoint text not null,
  p256dh text not null,
  auth text not null,
  -- The public key of this installation that it was made for: it takes messages of no other.
  server_key text not null,
  device text not null,
  created_at timestamptz not null,
  last_sent_at timestamptz,
  unique (endpoint, party_id)
);
create index push_subscription_party on push_subscription (party_id);
create index push_subscription_person on push_subscription (person_id);

grant select, insert, update, delete on push_subscription to nams_app;
