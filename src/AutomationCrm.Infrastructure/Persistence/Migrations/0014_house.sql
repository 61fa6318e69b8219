-- What was done with a dirty row, and why an import failed, as codes with arguments: pages say it in the reader's language.
alter table import_problem add column note text not null default 'as_written';
alter table import_problem add column arguments text[] not null default '{}';
update import_problem set arguments = array[message];
alter table import_problem drop column message;
alter table import_problem alter column note drop default;

alter table import_job add column message_code text;
alter table import_job add column message_arguments text[] not null default '{}';
