-- Who may read what: one view, and the views of device data built on it (I1). Its twin says why not.

create view valid_key as
select k.id, k.company_id, k.kind, k.secret_hash, k.secret_name, o.kind as company_kind, o.name as company_name
  from api_key k
  join company o on o.id = k.company_id and o.suspended_at is null
 where k.enabled and (k.expires_at is null or k.expires_at > statement_timestamp());
comment on view valid_key is 'Keys that authenticate now.';

create view valid_member as
select m.id, m.company_id, m.person_id, m.role, o.kind as company_kind, o.name as company_name
  from member m
  join company o on o.id = m.company_id and o.suspended_at is null;

create view active_subscription as
select company_id, id, kind, starts_at, ends_at, canceled_at
  from subscription
 where starts_at <= statement_timestamp() and ends_at > statement_timestamp();
comment on view active_subscription is 'The period that holds the present: at most one per company.';

create view valid_customer as
select p.partner_id as partner_company_id, p.customer_id as organization_id, o.name as label,
       c.inventory, c.alarms, c.sensors, p.id as partnership_id, c.id as consent_id, s.id as subscription_id
  from partnership p
  join consent c on c.partnership_id = p.id and c.withdrawn_at is null
  join active_subscription s on s.company_id = p.customer_id
  join company o on o.id = p.customer_id and o.suspended_at is null
 where p.ended_at is null;
comment on view valid_customer is
  'Customers that a partner may read: connected, consenting, with an active subscription. A suspended customer cannot sign in to withdraw, so it is not read either.';

create view valid_caller as
select id, company_id, company_kind, company_name, kind as reach from valid_key
 union all
select id, company_id, company_kind, company_name, 'member' from valid_member;
comment on view valid_caller is 'Whoever may ask for device data now: a key, or a member of a company.';

create view coverage as
select k.id as caller, r.organization_id, r.label, r.inventory, r.alarms, r.sensors, r.consent_id, r.subscription_id
  from valid_caller k
 cross join lateral (
       select v.organization_id, v.label, v.inventory, v.alarms, v.sensors, v.consent_id, v.subscription_id
         from valid_customer v
        where v.partner_company_id = k.company_id
          and (k.reach = 'all'
               or k.reach = 'member' and k.company_kind = 'partner'
               or k.reach = 'specific' and exists (
                    select from api_key_organization i where i.key_id = k.id and i.organization_id = v.organization_id))
        union all
       select k.company_id, k.company_name, true, true, true, null, s.id
         from active_subscription s
        where k.reach = 'own' and k.company_kind = 'customer' and s.company_id = k.company_id
        union all
       select o.id, o.name, true, true, true, null, null
         from company o
        where k.reach = 'demo' and o.kind = 'demo' and o.suspended_at is null
        union all
       select k.company_id, k.company_name, true, true, true, null, null
        where k.reach = 'member' and k.company_kind = 'customer') r;
comment on view coverage is
  'I1: which organizations a caller (a key''s id or a member''s id) may read now, at most one row each, and which kinds of data.';

create view covered_inventory_object as
select c.caller, x.organization_id, x.id, x.kind, x.type, x.label, x.parent_id, x.location_id, x.changed_offset, x.removed_at, x.json
  from coverage c
  join inventory_object x on x.organization_id = c.organization_id
 where c.inventory;

create view covered_sensor as
select c.caller, x.organization_id, x.id, x.device_id, x.changed_offset, x.removed_at, x.json
  from coverage c
  join sensor x on x.organization_id = c.organization_id
 where c.sensors;

create view covered_alarm as
select c.caller, x.organization_id, x.id, x.device_id, x.severity, x.activated_at, x.cleared_at, x.changed_offset, x.json
  from coverage c
  join alarm x on x.organization_id = c.organization_id
 where c.alarms;

create view covered_feed_head as
select c.caller, x.organization_id, x.family, x.head, x.purged
  from coverage c
  join feed_head x on x.organization_id = c.organization_id
 where case x.family when 'inventory' then c.inventory when 'alarms' then c.alarms else c.sensors end;

create view connected_customer as
select p.partner_id as partner_company_id, p.customer_id as organization_id, o.name as label, p.id as partnership_id, p.connected_at,
       c.given_at as consent_given_at, c.inventory, c.alarms, c.sensors, s.ends_at as subscription_ends_at,
       array_remove(array[
         case when o.suspended_at is not null then 'suspended' end,
         case when c.id is null then 'no consent' end,
         case when s.id is null then 'no active subscription' end], null) as reasons
  from partnership p
  join company o on o.id = p.customer_id
  left join consent c on c.partnership_id = p.id and c.withdrawn_at is null
  left join active_subscription s on s.company_id = p.customer_id
 where p.ended_at is null;
comment on view connected_customer is 'The twin of valid_customer: every customer connected to a partner, and why it is not valid (no reasons: it is).';

create view key_coverage as
select k.id as key_id, k.company_id, x.organization_id, x.label, x.partnership_id,
       array_remove(array[
         case when not k.enabled then 'key disabled' end,
         case when k.expires_at <= statement_timestamp() then 'key expired' end,
         case when k.kind = 'specific' and i.key_id is null then 'not in the key''s set' end], null) || x.reasons as reasons
  from api_key k
  join connected_customer x on x.partner_company_id = k.company_id
  left join api_key_organization i on i.key_id = k.id and i.organization_id = x.organization_id
 where k.kind in ('all', 'specific')
union all
select k.id, k.company_id, o.id, o.name, null,
       array['not connected'] || case when not k.enabled then array['key disabled'] else '{}'::text[] end
  from api_key k
  join api_key_organization i on i.key_id = k.id
  join company o on o.id = i.organization_id
 where k.kind = 'specific'
   and not exists (select 1 from partnership p where p.partner_id = k.company_id and p.customer_id = o.id and p.ended_at is null);
comment on view key_coverage is 'Why a partner''s key does not read a customer (no reasons: it does). Never for a 403.';
