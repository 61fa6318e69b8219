-- A draft names the published version it was begun from.
alter table config_version add column based_on int;
