-- The profiles that asked to be told of announcements by notice.
create table announcement_follower (party_id bigint primary key references party);
grant select, insert, delete on announcement_follower to nams_app;
grant select on announcement_follower to nams_viewer;
