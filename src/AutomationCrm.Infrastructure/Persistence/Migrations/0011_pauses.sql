-- Automation that a person has paused: the stage, or the whole pipeline without one.
create table automation_pause (
  id bigint generated always as identity primary key,
  type_id int not null,
  pipeline_id int not null,
  stage_id text,
  paused_by bigint not null,
  paused_at timestamptz not null,
  resumed_by bigint,
  resumed_at timestamptz
);
create unique index automation_pause_open on automation_pause (type_id, pipeline_id, coalesce(stage_id, '')) where resumed_at is null;

-- How many text messages a number has got within the hour.
create index delivery_sms on delivery (finished_at) where effect_kind = 'sms';

-- Steps of runs that wait for the end of a pause; they go back into their lanes in the order in which they came.
create table held_job (
  id bigint generated always as identity primary key,
  pause_id bigint not null references automation_pause,
  run_id bigint not null,
  track int not null,
  position int not null,
  lane_id bigint not null,
  job_kind text not null,
  args jsonb not null,
  at timestamptz not null
);
create index held_job_pause on held_job (pause_id, id);
create index held_job_run on held_job (run_id);
