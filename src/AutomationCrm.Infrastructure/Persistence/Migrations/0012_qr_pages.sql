-- Public pages to which QR codes lead; a visitor confirms each once.
create table qr_page (
  id bigint primary key,
  token text not null unique,
  type_id int not null,
  item_id bigint not null,
  title text not null,
  description text not null,
  button text not null,
  made_at timestamptz not null,
  open_until timestamptz not null,
  confirmed_at timestamptz,
  run_id bigint,
  robot_run_id bigint
);
create index qr_page_item on qr_page (type_id, item_id);
create index qr_page_run on qr_page (run_id) where run_id is not null;
