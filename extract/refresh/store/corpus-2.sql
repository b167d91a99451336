-- corpus-2.sql - a corpus.db of version 1 becomes one of version 2; corpus.sql, run after it, says what the columns are.
alter table documents add column failure text;
alter table documents add column failure_reason text;
alter table documents add column failed_since text;
alter table documents add column tries integer;
alter table documents add column told text;
alter table documents add column retired text;
alter table documents add column same_sha256 text;
alter table documents add column same_seen text;
