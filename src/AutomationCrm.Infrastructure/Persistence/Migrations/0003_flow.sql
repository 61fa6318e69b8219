-- What waiting robot runs want to hear of: a change of a field (field:CODE) or a happening of an item. Whoever makes it happen finds
-- them here in his own transaction and puts a job into their lanes; nothing is polled.
create table watch (
  type_id int not null,
  item_id bigint not null,
  signal text not null,
  robot_run_id bigint not null,
  lane_id bigint not null,
  args jsonb not null,
  primary key (type_id, item_id, signal, robot_run_id)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
create index watch_robot_run on watch (robot_run_id);

-- Failures of a robot for the owner of its automation: one unread line for each automation and robot, which counts.
alter table notification add column group_key text, add column count int not null default 1;
create unique index notification_group on notification (person_id, group_key) where read_at is null and group_key is not null;
