-- Keys: from which networks they are accepted, what replaces them, that they were found by somebody else, and notices before their end.

alter table api_key
  add column networks cidr[] check (cardinality(networks) between 1 and 50),
  add column predecessor_id text references api_key on delete set null deferrable initially deferred,
  add column reported_at timestamptz;
comment on column api_key.networks is 'The only networks from which it is accepted; null: any.';
comment on column api_key.predecessor_id is 'The key that it was made to replace, with the same settings.';
comment on column api_key.reported_at is 'When somebody who held the whole key reported that it was found. It is never accepted again.';
create unique index api_key_predecessor on api_key (predecessor_id);

-- Other networks are another basis: a stream that was opened from a network which is no longer allowed must not go on (I3).
create or replace view valid_key as
select k.id, k.company_id, k.kind, k.secret_hash, k.secret_name, o.kind as company_kind, o.name as company_name,
       concat_ws(' ', k.enabled_at, o.resumed_at, k.networks::text) as basis, k.expires_at, k.networks
  from api_key k
  join company o on o.id = k.company_id and o.suspended_at is null
 where k.enabled and k.reported_at is null and (k.expires_at is null or k.expires_at > statement_timestamp());
comment on view valid_key is 'Keys that authenticate now, each from its networks: whoever asks as a key holds its address against them.';

create or replace view key_coverage as
select k.id as key_id, k.company_id, x.organization_id, x.label, x.partnership_id,
       array_remove(array[
         case when k.reported_at is not null then 'key reported' end,
         case when not k.enabled then 'key disabled' end,
         case when k.expires_at <= statement_timestamp() then 'key expired' end,
         case when k.kind = 'specific' and i.key_id is null then 'not in the key''s set' end], null) || x.reasons as reasons
  from api_key k
  join connected_customer x on x.partner_company_id = k.company_id
  left join api_key_organization i on i.key_id = k.id and i.organization_id = x.organization_id
 where k.kind in ('all', 'specific')
union all
select k.id, k.company_id, o.id, o.name, null,
       array['not connected'] || array_remove(array[
         case when k.reported_at is not null then 'key reported' end,
         case when not k.enabled then 'key disabled' end,
         case when k.expires_at <= statement_timestamp() then 'key expired' end], null)
  from api_key k
  join api_key_organization i on i.key_id = k.id
  join company o on o.id = i.organization_id
 where k.kind = 'specific'
   and not exists (select 1 from partnership p where p.partner_id = k.company_id and p.customer_id = o.id and p.ended_at is null);

drop trigger api_key_act on api_key;
create constraint trigger api_key_act after insert or update or delete on api_key deferrable initially deferred
  for each row execute function record_row_act('reported_at=key.reported');

create table api_key_notice (
  key_id text not null references api_key on delete cascade,
  days   integer not null,
  primary key (key_id, days)
);
comment on table api_key_notice is 'Of whose end so many days ahead the administrators were told, or need not be told any more. Apart from api_key so that it makes no act.';
