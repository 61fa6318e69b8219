-- Triggers.

-- Robots that a trigger starts without a move, and what a trigger tells the robots of its run.
alter table run add column started_by text;
alter table run add column facts jsonb;

-- One row per event that triggers of an item were asked about, with every candidate and its reason.
create table trigger_record (
  id bigint primary key,
  type_id int not null,
  item_id bigint not null,
  item_version bigint not null,
  event text not null,
  at timestamptz not null,
  chain_id uuid not null,
  depth int not null,
  actor_id bigint not null,
  stage_id text not null,
  trigger_key text,
  trigger_name text,
  to_stage_id text,
  client_type_id int,
  client_id bigint,
  facts jsonb not null,
  candidates jsonb not null
);
create index trigger_record_item on trigger_record (type_id, item_id, id desc);

-- The deadline of a task that was told to be over, so that it is told once.
create table task_deadline (
  task_id bigint primary key,
  deadline timestamptz not null
);
