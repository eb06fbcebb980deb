-- The measurement log: blocks in the wire format, one row each, in day partitions; and what a stream's right to them rests on (I3).

create table measurement_log (
  organization_id text primary key references company on delete cascade,
  code            text collate "C" not null unique,
  sensors         integer not null default 0
);
comment on table measurement_log is 'What an organization is called in the log. Apart from measurement_head, which every block changes.';
comment on column measurement_log.code is
  'Six random characters. Blocks are kept under it, and sensor ids begin with it: unique over all organizations, and next to nothing on a compressed line.';
comment on column measurement_log.sensors is 'How many sensor ids were made of the code. Changed under the lock of the head of sensors.';

create table measurement_head (
  organization_id text primary key references company on delete cascade,
  seq             bigint not null default 0,
  accepted_at     timestamptz not null default '-infinity'
) with (fillfactor = 50);
comment on table measurement_head is 'The newest block. A writer takes this row, so that blocks are committed in the order of seq, and of accepted_at (I5).';

create table measurement_block (
  accepted_at timestamptz not null,
  seq         bigint not null,
  token       uuid not null,
  lines       integer not null,
  raw_length  integer not null,
  crc32       integer not null,
  code        text collate "C" not null,
  block       bytea not null
) partition by range (accepted_at);
alter table measurement_block alter column block set storage external;
comment on table measurement_block is 'The log. A partition a day, made ahead and dropped after the retention.';
comment on column measurement_block.token is 'The offset that stands on the last line: 128 random bits, as 22 characters of base64url on the wire.';
comment on column measurement_block.raw_length is 'Bytes of the lines before compression.';
comment on column measurement_block.crc32 is 'Of the lines, as a signed integer: responses put theirs together from it.';
comment on column measurement_block.block is 'Raw deflate (RFC 1951) ended by a full flush: it stands anywhere in anybody''s gzip member.';
-- Not unique: PostgreSQL would want the partition's key in it. The head row's lock sees to that.
create index measurement_block_feed on measurement_block (code, seq);
-- A fifth of a B-tree over random values.
create index measurement_block_token on measurement_block using hash (token);

create function measurement_day(day date) returns text
language sql immutable as $$
  select 'measurement_block_' || to_char(day, 'YYYYMMDD')
$$;

create function keep_measurement_days(first date, last date) returns void
language plpgsql as $$
declare
  day date;
begin
  perform pg_advisory_xact_lock(4700003);
  for day in select d::date from generate_series(first, last, interval '1 day') d loop
    if to_regclass(measurement_day(day)) is null then
      -- Attached, not made as a partition: that would wait for, and hold up, everybody who reads or writes the log.
      execute format('create table %I (like measurement_block including defaults including storage)', measurement_day(day));
      execute format('alter table measurement_block attach partition %I for values from (%L) to (%L)',
                     measurement_day(day), day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
    end if;
  end loop;
end $$;
comment on function keep_measurement_days is 'Makes the partitions of these days (UTC), where they are not there.';

create or replace function found_organization() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  body text := jsonb_strip_nulls(jsonb_build_object(
    'inventoryObjectType', 'Organization', 'id', new.id, 'label', new.name, 'address', new.address))::text;
  next bigint;
begin
  insert into feed_head (organization_id, family)
  select new.id, family from unnest(array['inventory', 'sensors', 'alarms']) family
  on conflict do nothing;
  perform found_measurement_log(new.id);
  update feed_head set head = head + 1 where organization_id = new.id and family = 'inventory' returning head into next;
  insert into inventory_object (organization_id, id, kind, label, made_by, changed_offset, json)
  values (new.id, new.id, 'Organization', new.name, 'system', next, body)
  on conflict (organization_id, id) do update
    set label = excluded.label, json = excluded.json, changed_offset = excluded.changed_offset, changed_at = statement_timestamp();
  return null;
end $$;

create function found_measurement_log(organization text) returns void
language plpgsql as $$
begin
  insert into measurement_head (organization_id) values (organization) on conflict do nothing;
  while not exists (select from measurement_log l where l.organization_id = organization) loop
    -- The first characters of a version 4 UUID's base64 are random bits; three of its 64 characters are not base62's.
    insert into measurement_log (organization_id, code)
    values (organization, left(translate(encode(uuid_send(gen_random_uuid()), 'base64'), '+/=', 'sen'), 6))
    on conflict do nothing;
  end loop;
end $$;

do $$
declare
  organization text;
begin
  for organization in select id from company where kind in ('customer', 'demo') loop
    perform found_measurement_log(organization);
  end loop;
end $$;

-- What ends for a moment and begins again is another thing than what went on: a stream must see it between two looks (I3).
alter table api_key add column enabled_at timestamptz;
comment on column api_key.enabled_at is 'When it was last enabled after having been disabled; null where it never was.';
alter table company add column resumed_at timestamptz;
comment on column company.resumed_at is 'When its last suspension ended; null where it never had one.';

create function key_enabled() returns trigger language plpgsql as $$
begin
  new.enabled_at := clock_timestamp();
  return new;
end $$;
create trigger api_key_enabled before update of enabled on api_key
  for each row when (new.enabled and not old.enabled) execute function key_enabled();

create function company_resumed() returns trigger language plpgsql as $$
begin
  new.resumed_at := clock_timestamp();
  return new;
end $$;
create trigger company_resumed before update of suspended_at on company
  for each row when (new.suspended_at is null and old.suspended_at is not null) execute function company_resumed();

create or replace view valid_key as
select k.id, k.company_id, k.kind, k.secret_hash, k.secret_name, o.kind as company_kind, o.name as company_name,
       concat_ws(' ', k.enabled_at, o.resumed_at) as basis, k.expires_at
  from api_key k
  join company o on o.id = k.company_id and o.suspended_at is null
 where k.enabled and (k.expires_at is null or k.expires_at > statement_timestamp());

create or replace view valid_member as
select m.id, m.company_id, m.person_id, m.role, o.kind as company_kind, o.name as company_name, o.resumed_at
  from member m
  join company o on o.id = m.company_id and o.suspended_at is null;

create or replace view valid_customer as
select p.partner_id as partner_company_id, p.customer_id as organization_id, o.name as label,
       c.inventory, c.alarms, c.sensors, p.id as partnership_id, c.id as consent_id, s.id as subscription_id,
       c.given_at as consent_given_at, s.ends_at as subscription_ends_at, o.resumed_at
  from partnership p
  join consent c on c.partnership_id = p.id and c.withdrawn_at is null
  join active_subscription s on s.company_id = p.customer_id
  join company o on o.id = p.customer_id and o.suspended_at is null
 where p.ended_at is null;

create or replace view valid_caller as
select id, company_id, company_kind, company_name, kind as reach, basis, expires_at from valid_key
 union all
select id, company_id, company_kind, company_name, 'member', concat_ws(' ', resumed_at), null from valid_member;

create or replace view coverage as
select k.id as caller, r.organization_id, r.label, r.inventory, r.alarms, r.sensors, r.consent_id, r.subscription_id,
       concat_ws(' ', r.consent_id, r.subscription_id, r.resumed_at, k.basis) as basis,
       case when r.subscription_id is null then '-infinity' else greatest(r.consent_given_at, (
         select max(s.starts_at)
           from subscription s
          where s.company_id = r.organization_id and s.starts_at <= statement_timestamp() and s.ends_at > s.starts_at
            and not exists (
                select from subscription e
                 where e.company_id = s.company_id and e.ends_at = s.starts_at and e.starts_at < s.starts_at))) end as since,
       least(r.subscription_ends_at, k.expires_at, 'infinity') as until
  from valid_caller k
 cross join lateral (
       select v.organization_id, v.label, v.inventory, v.alarms, v.sensors, v.consent_id, v.subscription_id,
              v.consent_given_at, v.subscription_ends_at, v.resumed_at
         from valid_customer v
        where v.partner_company_id = k.company_id
          and (k.reach = 'all'
               or k.reach = 'member' and k.company_kind = 'partner'
               or k.reach = 'specific' and exists (
                    select from api_key_organization i where i.key_id = k.id and i.organization_id = v.organization_id))
        union all
       select k.company_id, k.company_name, true, true, true, null, s.id, null, s.ends_at, null
         from active_subscription s
        where k.reach = 'own' and k.company_kind = 'customer' and s.company_id = k.company_id
        union all
       select o.id, o.name, true, true, true, null, null, null, null, o.resumed_at
         from company o
        where k.reach = 'demo' and o.kind = 'demo' and o.suspended_at is null
        union all
       select k.company_id, k.company_name, true, true, true, null, null, null, null, null
        where k.reach = 'member' and k.company_kind = 'customer') r;
comment on column coverage.basis is
  'What the coverage rests on: consent, subscription period, and when key and companies last came back. Another basis is another coverage (I3).';
comment on column coverage.since is
  'No measurement accepted before is read: when consent was given, and the subscription''s unbroken periods began.';
comment on column coverage.until is 'When it ends by the clock alone; nothing accepted from then on is read.';

create view covered_measurement_head as
select c.caller, c.organization_id, c.basis, c.since, c.until, l.code, h.seq, h.accepted_at
  from coverage c
  join measurement_log l on l.organization_id = c.organization_id
  join measurement_head h on h.organization_id = c.organization_id
 where c.sensors;

create view covered_measurement_block as
select c.caller, c.organization_id, c.basis, x.seq, x.token, x.accepted_at, x.lines, x.raw_length, x.crc32, x.block
  from coverage c
  join measurement_log l on l.organization_id = c.organization_id
  join measurement_block x on x.code = l.code and x.accepted_at >= c.since and x.accepted_at < c.until
 where c.sensors;

comment on view covered_measurement_block is 'The blocks that a caller may read: accepted within what its coverage holds.';

create view covered_stream_block as
select c.caller, c.organization_id, x.seq, x.token, x.accepted_at, x.lines, x.raw_length, x.crc32, x.block
  from coverage c
  join measurement_log l on l.organization_id = c.organization_id
  join measurement_block x on x.code = l.code
 where c.sensors;
comment on view covered_stream_block is
  'The same blocks without the bounds of one caller, for live streams: a block is read once for all of its readers, and each one''s bounds are held against it (I3).';

grant select on covered_stream_block, covered_measurement_head, covered_measurement_block to assent_request;
