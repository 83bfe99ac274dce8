-- A notice found by its number alone: by whoever sent it, and by the operator.
create unique index notice_by_id on notice (id);
