-- Values of the portal -----------------------------------------------------------------------------------------------
create table global_value (
  code text primary key,
  name text not null,
  is_constant boolean not null,
  kind text not null,
  multiple boolean not null default false,
  value jsonb,
  description text not null default '',
  version bigint not null,
  updated_at timestamptz not null,
  updated_by bigint not null
);
-- Codes are found without regard to case.
create unique index global_value_code on global_value (upper(code));

create table global_value_change (
  code text not null,
  version bigint not null,
  value jsonb,
  at timestamptz not null,
  actor_id bigint not null,
  run_id bigint,
  robot_run_id bigint,
  primary key (code, version)
);

-- Whose turn it is, per robot.
create table turn (
  series text primary key,
  position bigint not null
);

-- What robots of a run put aside for later ones.
alter table run add column variables jsonb;

-- Tasks --------------------------------------------------------------------------------------------------------------
-- kind: 0 task, 1 to-do, 2 call, 3 meeting
alter table task
  add column kind smallint not null default 0,
  add column stage_id text,
  add column checklist jsonb not null default '[]',
  add column observer_ids bigint[] not null default '{}',
  add column accomplice_ids bigint[] not null default '{}';
create index task_helpers on task using gin (accomplice_ids) where state = 0;

-- People who are away ------------------------------------------------------------------------------------------------
alter table person add column absent_from date, add column absent_until date;

-- Deleted items ------------------------------------------------------------------------------------------------------
create table recycled_item (
  type_id int not null,
  item_id bigint not null,
  title text not null,
  search text not null,
  version bigint not null,
  -- every value with its kind
  content jsonb not null,
  deleted_at timestamptz not null,
  deleted_by bigint not null,
  run_id bigint,
  responsible_id bigint not null,
  primary key (type_id, item_id)
);
create index recycled_item_at on recycled_item (deleted_at desc);
