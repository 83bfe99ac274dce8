-- What operators announce to everyone who uses the system: outages of partners, deliveries, and what else they should know (BAN-1).

create table announcement (
  id bigint generated always as identity primary key,
  category text not null check (category in ('partners', 'deliveries', 'general')),
  audience text not null check (audience in ('everyone', 'signed-in')),
  is_urgent boolean not null,
  title_lv text not null,
  title_en text not null,
  text_lv text not null,
  text_en text not null,
  starts_on date not null,
  from_time text not null check (from_time ~ '^[0-2]\d:[0-5]\d$'),
  ends_on date not null,
  to_time text not null check (to_time ~ '^[0-2]\d:[0-5]\d$'),
  -- From Monday, 1; none where it happens once, from one moment to another.
  weekdays int[] not null,
  lead_hours int not null check (lead_hours >= 0),
  -- The end of the last time, reckoned by the rule from the columns above.
  over_at timestamptz not null,
  created_at timestamptz not null,
  published_at timestamptz,
  -- When it was changed after it was published.
  changed_at timestamptz,
  cancelled_at timestamptz,
  revision int not null
);
create index announcement_standing on announcement (over_at) where published_at is not null and cancelled_at is null;
create index announcement_published on announcement (published_at) where published_at is not null;

grant select, insert, update on announcement to nams_app;
