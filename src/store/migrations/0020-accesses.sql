-- The history of accesses: who read what of a customer's data, and what was refused, grouped by the minute.

create table access (
  organization_id text references company on delete cascade,
  minute          timestamptz not null,
  reader_id       text not null,
  operation       text not null,
  status          smallint not null,
  address         text not null,
  company_id      text not null,
  company_name    text not null,
  reader_kind     text not null check (reader_kind in ('key', 'person')),
  key_name        text,
  first_at        timestamptz not null,
  last_at         timestamptz not null,
  requests        integer not null,
  objects         bigint not null,
  bytes           bigint not null,
  lines           bigint not null,
  unique nulls not distinct (organization_id, minute, reader_id, operation, status, address)
) with (fillfactor = 70);
comment on table access is
  'Each access of a minute that is alike in who, what, how it ended and from where is one row, which grows while the minute lasts.';
comment on column access.minute is 'Where the minute begins; of what is older than a month, the hour.';
comment on column access.organization_id is
  'Whose data were asked for; null: nobody''s, as with the list of organizations, or an id that there is not.';
comment on column access.reader_id is 'A key''s id, or a person''s. Either may be gone.';
comment on column access.operation is 'The operationId; "others" stands for what was too much to tell apart.';
comment on column access.address is 'From where; empty where it was too much to tell apart, or was erased with the person.';
comment on column access.company_id is 'Whose key or member it was. Kept when that company is gone, with its name as it was then.';
comment on column access.requests is 'How many began in this minute. A stream begins once, and delivers on.';
comment on column access.objects is 'Devices, locations, alarms, sensors and the like that were sent.';
comment on column access.bytes is 'Of bodies, as they were sent.';
comment on column access.lines is 'Of measurements that were sent.';
create index access_reader on access (reader_id, minute);
create index access_company on access (company_id, minute);
-- For the jobs alone: as an expression, it leads no reader's plan astray, from whose own rows it would pass over all others'.
create index access_minute on access ((minute at time zone 'UTC'));

create table last_read (
  company_id      text not null references company on delete cascade,
  organization_id text not null references company on delete cascade,
  read_at         timestamptz not null,
  primary key (company_id, organization_id)
) with (fillfactor = 70);
comment on table last_read is 'When a company last read of an organization: refused accesses do not count.';
create index last_read_organization on last_read (organization_id);

create table access_hours (
  one   boolean primary key default true check (one),
  until timestamptz not null default '-infinity'
);
comment on table access_hours is 'Up to where rows of minutes were put together into rows of hours.';
insert into access_hours default values;

create table access_run (
  id         text primary key,
  started_at timestamptz not null,
  written_at timestamptz not null,
  batch      bigint not null default 0,
  ended_at   timestamptz
) with (fillfactor = 50);
comment on table access_run is
  'A server process while it gathers accesses. One that neither writes nor has ended is gone: what it had not written is missing.';
comment on column access_run.written_at is 'All accesses up to this moment are stored.';
comment on column access_run.batch is 'The number of the last write: the same one, tried again, stores nothing twice.';
create index access_run_started on access_run (started_at);

-- As with the coverage, who may see a row is in the join: the role of requests sees no access but through its caller, a member.
create view received_access as
select m.id as caller, a.organization_id, a.minute, a.reader_id, a.operation, a.status, a.address, a.company_id, a.company_name,
       a.reader_kind, a.key_name, a.first_at, a.last_at, a.requests, a.objects, a.bytes, a.lines
  from valid_member m
  join access a on a.organization_id = m.company_id
 where m.company_kind = 'customer';
comment on view received_access is 'Accesses to the data of the customer that the caller is a member of.';

create view made_access as
select m.id as caller, a.organization_id, a.minute, a.reader_id, a.operation, a.status, a.address, a.company_id, a.company_name,
       a.reader_kind, a.key_name, a.first_at, a.last_at, a.requests, a.objects, a.bytes, a.lines
  from valid_member m
  join access a on a.company_id = m.company_id;
comment on view made_access is 'Accesses by keys and members of the company that the caller is a member of.';

alter table installation_setting add column access_days integer not null default 400 check (access_days between 30 and 3650);
comment on column installation_setting.access_days is 'For how many days the history of accesses is kept.';

grant select on received_access, made_access, last_read, access_run to assent_request;
