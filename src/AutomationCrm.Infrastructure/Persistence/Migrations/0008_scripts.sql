-- A draft names the published version it was begun from.
alter table config_version add column based_on int;

-- A list of robots started by hand on many items, or added robots applied to the items already on a stage. It is fed into the
-- items' lanes at a bounded rate. state: 0 running, 1 fed (every item has had its turn), 2 cancelled
create table launch (
  id bigint primary key,
  type_id int not null,
  -- of an application to a stage: items that have left it are passed over
  stage_id text,
  script_id bigint,
  name text not null,
  -- the robots as a stage's automation; runs read them from here
  content jsonb not null,
  -- what the starter was asked for, read as {=Template:Name}
  facts jsonb not null,
  author_id bigint not null,
  at timestamptz not null,
  state smallint not null,
  total int not null,
  finished_at timestamptz
);
create index launch_at on launch (type_id, at desc);

create table launch_item (
  launch_id bigint not null,
  position int not null,
  item_id bigint not null,
  run_id bigint,
  -- why it got no run
  reason text,
  primary key (launch_id, position)
);
create index launch_item_run on launch_item (run_id) where run_id is not null;

alter table run add column launch_id bigint;
create index run_launch on run (launch_id) where launch_id is not null;
