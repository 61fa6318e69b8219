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
