-- What the sweep reads of meters: a reading that is due and not told of, and validity terms that may be near.
create index meter_reading_due on meter (reading_due_on, case_id, id)
  where deleted_at is null and status = 'ACTIVE' and last_read_on is not null
    and (reading_notified_on is null or reading_notified_on < reading_due_on);
create index meter_validity_due on meter (valid_until, case_id, id)
  where deleted_at is null and status = 'ACTIVE' and valid_until is not null
    and (validity_notified_on is null or validity_notified_on < valid_until);
