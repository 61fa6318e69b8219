-- Sign-in: keys, second factor, proof of who it is.

-- The keys of antiforgery tokens and messages, shared by all nodes; wrapped by a key that lies outside the database (attack list A18).
create table protection_key (
  name text primary key,
  xml text not null,
  created_at timestamptz not null default now()
);

-- A half-open session knows the password and waits for the code.
alter table sign_in_session add column awaits_code boolean not null default false;
-- When the person last proved who it is; dangerous acts want a recent proof (A16).
alter table sign_in_session add column proven_at timestamptz;

create table second_factor (
  person_id bigint primary key references person,
  -- wrapped by the key outside the database
  secret text not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  -- the step of the last code that was taken: a code is worth nothing a second time
  last_step bigint not null default 0,
  failures int not null default 0,
  locked_until timestamptz
);

create table recovery_code (
  person_id bigint not null references person,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (person_id, code_hash)
);
