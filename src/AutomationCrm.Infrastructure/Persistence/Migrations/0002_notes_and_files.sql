-- Lines of a timeline that are no change, comment, task or run: mails, messages, documents, history entries.
create table timeline_note (
  id bigint primary key,
  type_id int not null,
  item_id bigint not null,
  kind text not null,
  at timestamptz not null,
  actor_id bigint not null,
  subject text not null default '',
  text text not null default '',
  link text,
  run_id bigint,
  robot_run_id bigint
);
create index timeline_note_item on timeline_note (type_id, item_id, at desc);
create index timeline_note_run on timeline_note (run_id) where run_id is not null;

-- Files never change. Their content is mostly compressed already.
create table file (
  id uuid primary key,
  name text not null,
  media_type text not null,
  size bigint not null,
  sha256 bytea not null,
  content bytea not null,
  created_at timestamptz not null,
  created_by bigint not null
);
alter table file alter column content set storage external;
