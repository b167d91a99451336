-- corpus.sql - corpus.db: what is known of every document of a corpus, and of each of its revisions.
--
-- Any program may read it while a refresh writes it (SQLite, write-ahead log). Times are UTC, ISO 8601. Texts are the
-- vendor's own, as in the sheets' JSON. Nothing is deleted from revisions, changes and items by a refresh, but a newer
-- program or newer patterns may read an old revision better, and then its rows are written anew.
--
--     documents ──< revisions ──< items          select d.document, i.number, i.answer from documents d
--         │             └──────< changes         join items i on i.revision = d.revision where i.meti = 'METI-CSL-05';
--         └ revision: the current one

pragma application_id = 0x63737374; -- "csst"

-- One row for each call of `checksheet refresh` that did something.
create table if not exists runs (
  run      integer primary key,
  started  text not null,
  finished text                  -- null: interrupted; the next call goes on with it
);

create table if not exists documents (
  document           integer primary key,
  id                 text not null unique, -- "vendor/document" of vendors.yaml
  vendor             text not null,        -- the two parts of it
  name               text not null,

  -- The current revision: the newest one that is a sheet. Null: none yet.
  revision           integer references revisions,

  -- The newest bytes that the vendor gave, whether or not they are a sheet.
  address            text,                 -- where they came from, as asked for
  answered           text,                 -- who gave them, where redirects led: the validators are its own
  sha256             text,                 -- the file of that name in store/; null: nothing came yet
  fetched            text,                 -- when
  charset            text,                 -- what the server said of it
  etag               text,                 -- validators, sent back with the next request to `answered`
  last_modified      text,
  status             text,                 -- how reading them ended, a word of the ledger; null: not read yet
  reason             text,                 -- why they are no sheet; null: they are one
  read_with          text,                 -- by which program and patterns (a fingerprint)

  -- The page that links to it, where the manifest has one.
  page               text,
  link               text,                 -- the pattern that found `address` on it
  page_etag          text,
  page_last_modified text,

  -- out/: the sheet of `revision` as it was last written.
  made_with          text,                 -- a fingerprint; null: it is to be made
  made_bytes         integer,

  -- The last time that it was looked at.
  run                integer,              -- finished in this run
  checked            text,
  outcome            text,                 -- new, revised, remade, unchanged, failed or retired
  not_before         text,                 -- the server asks not to be asked before this time

  -- While it fails; null: it does not.
  failure            text,                 -- a word of the ledger
  failure_reason     text,                 -- why, the last time
  failed_since       text,                 -- the first time
  tries              integer,              -- how often
  told               text,                 -- the event that was told of it: failed or gone

  retired            text,                 -- since when vendors.yaml lists it no longer; null: it does
  same_sha256        text,                 -- other bytes than those of `revision` that were read the same, and not kept
  same_seen          text                  -- when
);

create table if not exists revisions (
  revision      integer primary key,
  document      integer not null references documents,
  number        integer not null,     -- 1, 2, … of the document
  sha256        text not null,        -- the file of that name in store/
  bytes         integer not null,
  media_type    text,
  charset       text,
  address       text,
  etag          text,
  last_modified text,
  fetched       text not null,
  title         text,                 -- these as the document itself gives them
  vendor        text,
  product       text,
  version       text,
  published     text,                 -- the date of the newest revision it tells of, else of issue
  status        text not null,        -- ok or ok-with-warnings
  run           integer not null,     -- the run that found it
  unique (document, number)
);

-- The rows of the sheet.
create table if not exists items (
  revision integer not null references revisions,
  position integer not null,          -- from 1, in the sheet's order
  meti     text,                      -- 'METI-CSL-05'; null: none of METI's
  number   text,
  section  text,
  category text,
  name     text,
  answer   text,
  status   text,                      -- yes, no, partial, planned, undisclosed, unanswered, stated
  primary key (revision, position)
) without rowid;

-- What a revision changed from the one before it; the first revision changes nothing.
create table if not exists changes (
  revision integer not null references revisions,
  position integer not null,
  change   text not null,             -- added, removed, changed, renumbered
  meti     text,
  number   text,
  name     text,
  declared integer,                   -- 1: the document's table of revisions names it, 0: it does not; null: not asked
  json     text not null,             -- the whole of it, as `refresh --changes` writes it
  primary key (revision, position)
) without rowid;

-- What somebody may want to be told of, once (out/event-1.schema.json).
create table if not exists events (
  event    integer primary key,
  time     text not null,
  document text not null,             -- documents.id
  kind     text not null,             -- new, revised, failed, gone, recovered, retired, restored
  run      integer not null,
  revision integer references revisions, -- of new and revised
  json     text not null,             -- one line
  written  text,                      -- when it was in the file of `refresh --changes`; null: not yet; or 'unasked'
  told     text                       -- the same for the command of `refresh --on-change`
);

create index if not exists items_by_meti on items (meti);
create index if not exists revisions_by_run on revisions (run);

pragma user_version = 2; -- of this schema
