-- A reading names its import without a lock on it for every row: an import is never removed, and the program can remove none.
alter table reading drop constraint reading_import_id_fkey;
revoke delete on sheet_import from nams_app;
