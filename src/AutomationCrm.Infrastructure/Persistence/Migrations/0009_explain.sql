-- History, figures and bulk decisions ---------------------------------------------------------------------------------

-- Where a robot run belongs, for its history and its figures without a look at the run.
alter table robot_run add column stage_id text not null default '';
update robot_run r set stage_id = u.stage_id from run u where u.id = r.run_id;
create index robot_run_time on robot_run (planned_at desc, id desc);
create index robot_run_robot on robot_run (type_id, stage_id, robot_key, planned_at desc, id desc);
create index run_time on run (started_at desc, id desc);
create index run_stage on run (type_id, stage_id, started_at desc, id desc);

-- Figures of a robot by the day its turn came: batches add deltas in their own commit, the sweep folds them.
create table robot_stat_delta (
  id bigint generated always as identity primary key,
  type_id int not null,
  stage_id text not null,
  robot_key text not null,
  day date not null,
  begun int not null,
  done int not null,
  skipped int not null,
  failed int not null,
  -- how many delays and durations the sums hold
  ended int not null,
  delay_us bigint not null,
  work_us bigint not null
) with (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);

create table robot_stat (
  type_id int not null,
  stage_id text not null,
  robot_key text not null,
  day date not null,
  begun bigint not null,
  done bigint not null,
  skipped bigint not null,
  failed bigint not null,
  ended bigint not null,
  delay_us bigint not null,
  work_us bigint not null,
  primary key (type_id, stage_id, robot_key, day)
);

-- A person's decision about many incidents. state: 0 working, 1 done, 2 cancelled
create table bulk_decision (
  id bigint primary key,
  action text not null,
  latest boolean not null,
  author_id bigint not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  state smallint not null,
  total int not null
);
create index bulk_decision_open on bulk_decision (id) where state = 0;

-- state: 0 waiting, 1 decided, 2 refused
create table bulk_decision_row (
  decision_id bigint not null references bulk_decision on delete cascade,
  incident_id bigint not null,
  state smallint not null,
  code text,
  message text,
  -- in which the work goes on
  run_id bigint,
  primary key (decision_id, incident_id)
);
create index bulk_decision_row_waiting on bulk_decision_row (decision_id, incident_id) where state = 0;

-- A destination that does not take calls has its deliveries put off together.
create index delivery_destination on delivery (destination, due_at) where state = 0;

-- What people set in motion by hand is not queued behind bulk work.
alter table lane add column urgent boolean not null default false;
create index lane_urgent on lane (run_at) where state = 0 and urgent;
