-- Files that people attach to what they write: to an inspection done, a message. The content is kept outside, by its hash.

create table attachment (
  -- 0: of no case.
  case_id bigint not null,
  id bigint generated always as identity,
  -- What it is attached to, by the kind and number that its room gives.
  owner_kind text not null check (owner_kind <> ''),
  owner_id bigint not null,
  -- SHA-256 of what is kept: of an image, as it was encoded anew.
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  -- As its content says, not as its name or its sender did.
  media_type text not null,
  name text not null check (name <> '' and length(name) <= 100),
  size bigint not null check (size > 0),
  -- Of a container the files in it: [{"name": "plan.pdf", "size": 1024}]; null of any other.
  contents jsonb,
  added_by bigint references party,
  added_at timestamptz not null,
  primary key (case_id, id)
);
create index attachment_owner on attachment (case_id, owner_kind, owner_id, id);
create index attachment_id on attachment (id);
create index attachment_content on attachment (sha256);

grant select, insert, delete on attachment to nams_app;
grant select on attachment to nams_viewer;
