-- Buildings, who holds them and who manages them, as the registers say.

create table building (
  id bigint generated always as identity primary key,
  designation text not null unique check (designation ~ '^\d{14}$'),
  address text not null,
  main_use_code text not null,
  main_use text not null,
  is_public boolean not null
);
create index building_address on building (lv_sort(address) collate "C", id);

-- `premises` is '' where the right is to the whole building.
create table holder (
  building_id bigint not null references building,
  premises text not null check (premises ~ '^(\d{17})?$'),
  "right" text not null check ("right" in ('owner', 'possessor')),
  party_id bigint not null references party,
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  primary key (building_id, premises, "right", party_id, valid_from)
);
create index holder_party on holder (party_id);

create table manager (
  building_id bigint not null references building,
  party_id bigint not null references party,
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  primary key (building_id, party_id, valid_from)
);
create index manager_party on manager (party_id);

create table responsible (
  building_id bigint not null,
  manager_id bigint not null,
  manager_from date not null,
  person_id bigint not null references party,
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  primary key (building_id, manager_id, manager_from, person_id, valid_from),
  foreign key (building_id, manager_id, manager_from) references manager
);
create index responsible_person on responsible (person_id);

grant select, insert, update, delete on building, holder, manager, responsible to nams_app;
