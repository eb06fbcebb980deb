-- The customers' device data. Each table is its own feed: a row carries the offset of its last change (I5, I6).

create table feed_head (
  organization_id text not null references company on delete cascade,
  family          text not null check (family in ('inventory', 'sensors', 'alarms')),
  head            bigint not null default 0,
  purged          bigint not null default 0,
  primary key (organization_id, family)
);
comment on table feed_head is 'One row per feed. A writer locks it first; head is the offset of the newest change.';
comment on column feed_head.purged is 'The offset of the newest deletion that is no longer kept; 0 where none was purged.';

create table inventory_object (
  organization_id text not null references company on delete cascade,
  id              text not null default gen_random_uuid()::text,
  kind            text not null check (kind in ('Organization', 'Location', 'Device')),
  type            text,
  label           text not null,
  serial_number   text,
  parent_id       text,
  location_id     text,
  made_by         text not null check (made_by in ('gateway', 'person', 'system')),
  changed_offset  bigint not null,
  changed_at      timestamptz not null default statement_timestamp(),
  removed_at      timestamptz,
  json            text not null,
  primary key (organization_id, id)
);
comment on column inventory_object.json is 'The object as the API sends it, passed through unread. A removed row (tombstone) keeps its last one.';
comment on column inventory_object.parent_id is 'A location''s parent location, or a device''s parent device.';
create unique index inventory_object_feed on inventory_object (organization_id, changed_offset);
create index inventory_object_serial on inventory_object (organization_id, serial_number) where kind = 'Device' and removed_at is null;
create index inventory_object_parent on inventory_object (organization_id, parent_id);

create table sensor (
  organization_id text not null references company on delete cascade,
  id              text not null,
  device_id       text not null,
  changed_offset  bigint not null,
  changed_at      timestamptz not null default statement_timestamp(),
  removed_at      timestamptz,
  json            text not null,
  primary key (organization_id, id)
);
comment on column sensor.id is 'At most 10 characters: it stands on every line of the measurement log.';
create unique index sensor_feed on sensor (organization_id, changed_offset);
create index sensor_device on sensor (organization_id, device_id);

create table alarm (
  organization_id text not null references company on delete cascade,
  id              text not null default gen_random_uuid()::text,
  device_id       text not null,
  severity        text not null,
  activated_at    timestamptz not null,
  cleared_at      timestamptz,
  reactivations   integer not null default 0,
  changed_offset  bigint not null,
  changed_at      timestamptz not null default statement_timestamp(),
  json            text not null,
  primary key (organization_id, id)
);
create unique index alarm_feed on alarm (organization_id, changed_offset);
create index alarm_device on alarm (organization_id, device_id);
create index alarm_cleared on alarm (organization_id, cleared_at);

create table gateway_reference (
  gateway_id      text not null references gateway on delete cascade,
  family          text not null check (family in ('location', 'device', 'sensor', 'alarm')),
  reference       text not null,
  organization_id text not null,
  object_id       text not null,
  made_at         timestamptz not null default clock_timestamp(),
  primary key (gateway_id, family, reference)
);
comment on table gateway_reference is 'What a gateway calls a thing, and the id that we gave it. Several gateways may refer to one object.';
create index gateway_reference_object on gateway_reference (organization_id, object_id);

create table ingest_batch (
  gateway_id  text not null references gateway on delete cascade,
  batch_id    text not null,
  digest      bytea not null,
  answer      text,
  accepted_at timestamptz not null default statement_timestamp(),
  primary key (gateway_id, batch_id)
);
comment on table ingest_batch is 'Accepted batches, kept 7 days, so that one sent again is answered as before and changes nothing (I7).';
create index ingest_batch_accepted on ingest_batch (accepted_at);

create function found_organization() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  body text := jsonb_strip_nulls(jsonb_build_object(
    'inventoryObjectType', 'Organization', 'id', new.id, 'label', new.name, 'address', new.address))::text;
  next bigint;
begin
  insert into feed_head (organization_id, family)
  select new.id, family from unnest(array['inventory', 'sensors', 'alarms']) family
  on conflict do nothing;
  update feed_head set head = head + 1 where organization_id = new.id and family = 'inventory' returning head into next;
  insert into inventory_object (organization_id, id, kind, label, made_by, changed_offset, json)
  values (new.id, new.id, 'Organization', new.name, 'system', next, body)
  on conflict (organization_id, id) do update
    set label = excluded.label, json = excluded.json, changed_offset = excluded.changed_offset, changed_at = statement_timestamp();
  return null;
end $$;
comment on function found_organization is
  'A customer is an organization from its first moment: its feeds and its Organization object, which follow its name and address.';

create trigger company_founded after insert on company
  for each row when (new.kind in ('customer', 'demo')) execute function found_organization();
create trigger company_renamed after update of name, address on company
  for each row when (new.kind in ('customer', 'demo') and (old.name, old.address) is distinct from (new.name, new.address))
  execute function found_organization();
