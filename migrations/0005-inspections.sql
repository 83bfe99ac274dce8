-- Inspection types of a building, inspections done, and the runs of the sweep.
-- `type` is a system code or a person's own words; the keys are folded for comparison (A-7, A-29).

create table inspection_type (
  case_id bigint not null references case_file,
  id bigint generated always as identity,
  type text not null,
  type_key text not null,
  label text not null,
  label_key text not null,
  first_on date not null,
  period_value integer not null check (period_value between 1 and 1200),
  period_unit text not null check (period_unit in ('MONTH', 'YEAR')),
  reminder_value integer check (reminder_value >= 0),
  reminder_unit text check (reminder_unit in ('DAY', 'MONTH')),
  -- Kept true by the transaction that changes the type or an inspection; `nams sweep --full` checks them.
  last_performed_on date,
  next_on date not null,
  remind_on date,
  last_notified_on date,
  deleted_at timestamptz,
  primary key (case_id, id),
  check ((reminder_value is null) = (reminder_unit is null)),
  check ((reminder_value is null) = (remind_on is null))
);
create unique index inspection_type_name on inspection_type (case_id, type_key, label_key) where deleted_at is null;
create index inspection_type_due on inspection_type (remind_on, case_id, id)
  where deleted_at is null and (last_notified_on is null or last_notified_on < remind_on);

create table inspection (
  case_id bigint not null references case_file,
  id bigint generated always as identity,
  type text not null,
  type_key text not null,
  label text not null,
  label_key text not null,
  performed_on date not null,
  periodic boolean not null,
  status text not null check (status in ('registered', 'draft', 'annulled')),
  number text not null,
  primary key (case_id, id)
);
create unique index inspection_once on inspection (case_id, type_key, label_key, performed_on, number) where status <> 'annulled';
create index inspection_last on inspection (case_id, type_key, label_key, performed_on) where status = 'registered';

create table sweep_run (
  id bigint generated always as identity primary key,
  as_of date not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  via text not null,
  found integer not null,
  told integer not null,
  unaddressed integer not null
);

grant select, insert, update, delete on inspection_type, inspection, sweep_run to nams_app;

-- The calendar arithmetic of A-21, as `kernel/period.ts` has it; a property test compares the two.
create function plus_period(anchor date, value integer, unit text) returns date language sql immutable parallel safe as $$
  select (anchor + make_interval(months => value * case unit when 'YEAR' then 12 else 1 end))::date $$;

create function minus_reminder(anchor date, value integer, unit text) returns date language sql immutable parallel safe as $$
  select case unit when 'DAY' then anchor - value else (anchor - make_interval(months => value))::date end $$;

-- The last inspection that counts on a day (A-14).
create function last_performed(in_case bigint, of_type text, of_label text, on_day date) returns date language sql stable parallel safe as $$
  select max(performed_on) from inspection
  where case_id = in_case and type_key = of_type and label_key = of_label and status = 'registered' and performed_on <= on_day
    and (of_type <> 'PERIODIC_TECHNICAL_SURVEY' or periodic) $$;
