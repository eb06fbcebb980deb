-- Webhooks: where a company wants to be told, what is to be told, and each attempt to.

create table webhook (
  id               text primary key default gen_random_uuid()::text,
  company_id       text not null references company on delete cascade,
  name             text not null check (length(name) between 1 and 100),
  url              text not null check (length(url) <= 2000),
  format           text not null check (format in ('standard', 'alarms')),
  kinds            text[] not null check (cardinality(kinds) between 1 and 20),
  severities       text[],
  organization_ids text[],
  location_ids     text[],
  enabled          boolean not null default true,
  enabled_at       timestamptz not null default statement_timestamp(),
  disabled_reason  text check (disabled_reason in ('by hand', 'failing', 'gone')),
  created_at       timestamptz not null default statement_timestamp(),
  created_by       text references person on delete set null,
  check (enabled = (disabled_reason is null))
);
comment on table webhook is 'A receiver of a company''s events. It is a caller of the coverage, like a key: a partner''s covers its valid customers, a customer''s the customer itself.';
comment on column webhook.format is 'standard: Standard Webhooks 1.0.0, signed; alarms: contract section 6, with a header Authorization.';
comment on column webhook.severities is 'Alarms of these alone; null: of any. The like for organizations and locations, whose devices are meant.';
comment on column webhook.enabled_at is 'What was accepted before is never told.';
comment on column webhook.disabled_reason is 'gone: the receiver answered 410.';
create index webhook_company on webhook (company_id);

create table webhook_secret (
  id            text primary key default gen_random_uuid()::text,
  webhook_id    text not null references webhook on delete cascade,
  company_id    text not null references company on delete cascade,
  scheme        text not null check (scheme in ('v1', 'v1a', 'authorization')),
  public_key    text,
  sealed_secret bytea not null,
  secret_name   text not null,
  created_at    timestamptz not null default statement_timestamp(),
  ends_at       timestamptz
);
comment on table webhook_secret is 'What signs, or the header Authorization: encrypted under the server''s secret. While one ends, its successor signs beside it.';
create index webhook_secret_webhook on webhook_secret (webhook_id);

create table webhook_queue (
  webhook_id    text primary key references webhook on delete cascade,
  next_at       timestamptz,
  claimed_until timestamptz,
  failing_since timestamptz,
  warned        integer not null default 0
) with (fillfactor = 50);
comment on table webhook_queue is 'When a webhook has something to send next, and who sends. Apart from webhook so that it makes no act. Whoever adds or settles deliveries locks its row first.';
comment on column webhook_queue.claimed_until is 'A process sends until then; one that ended leaves the rest to others.';
comment on column webhook_queue.failing_since is 'No attempt has succeeded since.';
comment on column webhook_queue.warned is 'For how many percent of the failure that disables it its administrators were warned.';
create index webhook_queue_due on webhook_queue (next_at) where next_at is not null;

create table webhook_delivery (
  id              text primary key,
  webhook_id      text not null references webhook on delete cascade,
  organization_id text,
  needs           text not null check (needs in ('nothing', 'organization', 'inventory', 'alarms')),
  kind            text not null,
  lane            text not null,
  place           bigint not null,
  part            smallint not null,
  body            text not null,
  lesser_body     text,
  accepted_at     timestamptz not null,
  created_at      timestamptz not null default statement_timestamp(),
  state           text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed', 'withheld')),
  attempts        integer not null default 0,
  next_attempt_at timestamptz,
  settled_at      timestamptz,
  check (next_attempt_at is null or state = 'waiting'),
  check ((settled_at is null) = (state = 'waiting'))
);
comment on table webhook_delivery is 'An event for one webhook. The role of requests sees nothing of it; what it says is read through covered_webhook_delivery alone.';
comment on column webhook_delivery.needs is 'What must be covered for it to be sent; nothing: it tells of no organization''s data.';
comment on column webhook_delivery.lane is 'Within a lane they are sent in order of place and part; one that fails holds up its lane alone.';
comment on column webhook_delivery.lesser_body is 'What is sent instead where the inventory is not covered; null: it makes no difference.';
comment on column webhook_delivery.accepted_at is 'When what it tells of was accepted.';
comment on column webhook_delivery.state is 'failed: all attempts did; withheld: it was not covered when it was to be sent, and never will be sent.';
comment on column webhook_delivery.next_attempt_at is 'Only the first of a lane has one.';
create index webhook_delivery_due on webhook_delivery (webhook_id, next_attempt_at) where next_attempt_at is not null;
create index webhook_delivery_waiting on webhook_delivery (webhook_id, lane, place, part, id) where state = 'waiting';
create index webhook_delivery_listed on webhook_delivery (webhook_id, created_at, id);
create index webhook_delivery_settled on webhook_delivery (settled_at) where settled_at is not null;
create index webhook_delivery_organization on webhook_delivery (organization_id);

create table webhook_attempt (
  delivery_id text not null references webhook_delivery on delete cascade,
  at          timestamptz not null,
  number      integer not null,
  status      integer,
  error       text,
  answer      text,
  address     text,
  took_ms     integer not null,
  primary key (delivery_id, at)
);
comment on table webhook_attempt is 'What was answered to each attempt: kept as long as its delivery.';

create table webhook_position (
  organization_id text not null references company on delete cascade,
  family          text not null,
  changed_offset  bigint not null,
  primary key (organization_id, family)
) with (fillfactor = 70);
comment on table webhook_position is 'Up to where events were made of a feed.';

create table webhook_told (
  webhook_id      text not null references webhook on delete cascade,
  organization_id text not null,
  family          text not null,
  changed_offset  bigint not null,
  primary key (webhook_id, organization_id, family)
) with (fillfactor = 70);
create index webhook_told_organization on webhook_told (organization_id);
comment on table webhook_told is 'The offset of the last event of a feed that was made for a webhook: the next one names it.';

create table gateway_presence (
  gateway_id text primary key references gateway on delete cascade,
  online     boolean not null,
  changed_at timestamptz not null
);
comment on table gateway_presence is 'Whether a gateway was last told to be online.';

create table key_expiry_told (
  key_id text not null references api_key on delete cascade,
  days   integer not null,
  primary key (key_id, days)
);
comment on table key_expiry_told is 'Of which keys'' ends events were made, so many days before.';

alter table coverage_head add column told bigint not null default 0;
update coverage_head set told = head;
comment on column coverage_head.told is 'Up to where events and mails were made of the feed.';
create index coverage_head_untold on coverage_head (company_id) where head > told;

alter table alarm add column activated_offset bigint, add column cleared_offset bigint;
comment on column alarm.activated_offset is 'The offset of the change that last made it active; null: before that was kept.';

create or replace view valid_caller as
select k.id, k.company_id, k.company_kind, k.company_name, k.kind as reach, k.basis, k.expires_at
  from valid_key k
 union all
select m.id, m.company_id, m.company_kind, m.company_name, 'member', concat_ws(' ', m.resumed_at), null
  from valid_member m
 union all
select w.id, w.company_id, o.kind, o.name, case o.kind when 'partner' then 'all' else 'own' end, concat_ws(' ', w.enabled_at, o.resumed_at), null
  from webhook w
  join company o on o.id = w.company_id and o.suspended_at is null
 where w.enabled;
comment on view valid_caller is 'Whoever may ask for device data, or be told of it, now: a key, a member of a company, or a webhook.';

create or replace view covered_alarm as
select c.caller, x.organization_id, x.id, x.device_id, x.severity, x.activated_at, x.cleared_at, x.changed_offset, x.json,
       x.changed_at, x.activated_offset, x.cleared_offset
  from coverage c
  join alarm x on x.organization_id = c.organization_id
 where c.alarms;

create or replace view covered_inventory_object as
select c.caller, x.organization_id, x.id, x.kind, x.type, x.label, x.parent_id, x.location_id, x.changed_offset, x.removed_at, x.json, x.changed_at
  from coverage c
  join inventory_object x on x.organization_id = c.organization_id
 where c.inventory;

create view covered_webhook_delivery as
select w.company_id, d.id, d.webhook_id, d.organization_id, d.kind, d.body, d.accepted_at
  from webhook_delivery d
  join webhook w on w.id = d.webhook_id
  join valid_caller k on k.id = w.id
 where d.needs = 'nothing'
union all
select x.company_id, d.id, d.webhook_id, d.organization_id, d.kind,
       case when d.lesser_body is null or c.inventory and d.accepted_at >= x.inventory_since then d.body else d.lesser_body end, d.accepted_at
  from coverage c
  join webhook w on w.id = c.caller
  join coverage_change x on x.company_id = w.company_id and x.organization_id = c.organization_id
  join webhook_delivery d on d.webhook_id = c.caller and d.organization_id = c.organization_id
 where case d.needs
         when 'organization' then d.place = x.changed_offset
         when 'inventory' then c.inventory and d.accepted_at >= x.inventory_since
         when 'alarms' then c.alarms and d.accepted_at >= x.alarms_since
         else false end;
comment on view covered_webhook_delivery is
  'What may be sent now, and shown: covered, and accepted since this kind of data is shared without a break. Nothing that was accepted between a withdrawal and another consent.';

-- Of feeds with news, their heads alone: what is new is read through the coverage.
create function feeds_with_news(count integer) returns table (organization_id text, family text, head bigint)
language sql stable as $$
  select h.organization_id, h.family, h.head
    from feed_head h
    left join webhook_position p on p.organization_id = h.organization_id and p.family = h.family
   where h.family in ('alarms', 'inventory') and h.head > coalesce(p.changed_offset, 0)
   limit count
$$;
revoke execute on function feeds_with_news(integer) from public;

create constraint trigger webhook_act after insert or update or delete on webhook deferrable initially deferred
  for each row execute function record_row_act();
create constraint trigger webhook_secret_act after insert on webhook_secret deferrable initially deferred
  for each row execute function record_row_act();

-- What a webhook is told of an organization goes with it.
create function told_goes() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from webhook_told t where t.organization_id = old.id;
  delete from webhook_delivery d where d.organization_id = old.id;
  return null;
end $$;
create constraint trigger company_then_told_gone after delete on company deferrable initially deferred
  for each row execute function told_goes();

grant select on webhook to assent_request;
