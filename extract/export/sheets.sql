-- sheets.sql: converted sheets as a database. What each column is, the table `columns` says.
-- Where another catalogue than METI's is used, its key is in place of "meti" in the names of columns.

create table documents (
  document integer primary key,  -- in the order of the export, from 1
  name text not null unique,     -- a name for a file of it
  vendor text not null, product text, title text, version text, issued text, revised text,
  uri text, member text, media_type text, sha256 text, bytes integer, pages integer, text_source text,
  confidence real, mapped integer, extensions integer, catalogue text, program text, fingerprint text,
  json text not null             -- the whole sheet, byte for byte
) strict;

create table catalogue (no integer primary key, id text not null unique, category text, name text not null,
  definition text, unit text) strict;

create table items (
  item integer primary key,
  document integer not null references documents on delete cascade,
  position integer not null,     -- in the sheet, from 1
  meti_id text references catalogue (id), meti_no integer, meti_name text, how text, score real,
  number text, section text, category text, name text, definition text, unit text,
  answer text, status text, detail text, other text, struck text, confidence real,
  page integer, line integer, tab text, cell text, places text,
  unique (document, position)
) strict;
create index items_meti on items (meti_no, document);
create index items_status on items (status);

create table "values" (
  item integer not null references items on delete cascade, position integer not null,
  kind text, value text, amount real, unit text, bound text, target integer, text text, about text,
  primary key (item, position)
) strict, without rowid;
create index values_kind on "values" (kind, amount);

create table choices (
  item integer not null references items on delete cascade, position integer not null,
  text text, chosen integer, primary key (item, position)
) strict, without rowid;

create table answers_by (
  item integer not null references items on delete cascade, position integer not null,
  head text, text text, status text, primary key (item, position)
) strict, without rowid;

create table notes (
  document integer not null references documents on delete cascade, position integer not null,
  code text, severity text, text text, place text, primary key (document, position)
) strict, without rowid;

create table checks (
  document integer not null references documents on delete cascade, position integer not null,
  code text, severity text, text text, items text, primary key (document, position)
) strict, without rowid;

create table revisions (
  document integer not null references documents on delete cascade, position integer not null,
  number text, date text, note text, items text, primary key (document, position)
) strict, without rowid;

create table certifications (
  document integer not null references documents on delete cascade, position integer not null,
  scheme text, holder text, number text, branch text, scope text, valid_until text, body text,
  primary key (document, position)
) strict, without rowid;

create table columns (table_name text not null, column_name text not null, meaning text not null,
  primary key (table_name, column_name)) strict, without rowid;

-- select * from search where search match '"バックアップ"': words of three letters and more, anywhere in a text.
create virtual table search using fts5 (name, definition, answer, content = 'items', content_rowid = 'item',
  tokenize = 'trigram');

create view coverage as
  select document, vendor, product, mapped, (select count (*) from catalogue) - mapped as missing, extensions, confidence
  from documents;

create view missing as
  select d.document, d.vendor, d.product, c.id, c.no, c.name from documents d, catalogue c
  where not exists (select 1 from items i where i.document = d.document and i.meti_no = c.no);

create view comparison as
  select c.no, c.id, c.name as item_name, d.document, d.vendor, d.product, coalesce (i.status, 'missing') as status,
    i.answer, i.section, i.page, i.confidence, i.item
  from catalogue c cross join documents d left join items i on i.document = d.document and i.meti_no = c.no;

-- What checksheet compare --differ shows: the statuses or the values of those that have the item differ.
create view differing as
  with parts as (
    select document, meti_no, status as part from items
    union all
    select i.document, i.meti_no, v.kind || ' ' || coalesce (v.value, '') || ' ' || coalesce (v.unit, '') || ' ' ||
      coalesce (v.bound, '')
    from items i join "values" v using (item)),
  meanings as (
    select document, meti_no, group_concat (part, char (10)) as meaning
    from (select * from parts order by document, meti_no, part) group by document, meti_no)
  select c.no, c.id, c.item_name, count (distinct c.status) as statuses, group_concat (distinct c.status) as which
  from comparison c join meanings m on m.document = c.document and m.meti_no = c.no
  group by c.no having count (distinct m.meaning) > 1;

create view uptime as
  select d.document, d.vendor, d.product, v.amount as percent, v.bound, v.target, v.about, i.answer, i.page
  from items i join documents d using (document) join "values" v using (item)
  where i.meti_no = 5 and v.kind = 'percentage';

create view unanswered as
  select d.document, d.vendor, d.product, i.meti_id, i.number, i.name, i.page, i.item
  from items i join documents d using (document) where i.status = 'unanswered';

create view extensions as
  select d.document, d.vendor, i.number, i.name, i.status, i.answer, i.page, i.item
  from items i join documents d using (document) where i.meti_id is null;

create view doubtful as
  select d.document, d.vendor, c.code, c.severity, c.text, c.items from checks c join documents d using (document)
  union all
  select d.document, d.vendor, n.code, n.severity, n.text, n.place from notes n join documents d using (document)
  where n.severity <> 'info';
