-- What may be sent is said once, of a delivery and what its webhook covers of the organization: so that of many deliveries of one organization that is asked once.

create function covered_body(needs text, place bigint, accepted_at timestamptz, body text, lesser_body text,
                             inventory boolean, alarms boolean, inventory_since timestamptz, alarms_since timestamptz, began_offset bigint) returns text
language sql immutable as $$
  select case
           when needs = 'nothing' then body
           when case needs when 'organization' then place >= began_offset
                           when 'inventory' then inventory and accepted_at >= inventory_since
                           when 'alarms' then alarms and accepted_at >= alarms_since end
           then case when lesser_body is null or inventory and accepted_at >= inventory_since then body else lesser_body end end
$$;
comment on function covered_body(text, bigint, timestamptz, text, text, boolean, boolean, timestamptz, timestamptz, bigint) is
  'What a delivery may say: covered, and accepted since this kind of data is shared without a break; null: nothing.';

create view covered_webhook_organization as
select c.caller as webhook_id, w.company_id, c.organization_id, c.inventory, c.alarms, x.inventory_since, x.alarms_since, x.began_offset
  from coverage c
  join webhook w on w.id = c.caller
  join coverage_change x on x.company_id = w.company_id and x.organization_id = c.organization_id;
comment on view covered_webhook_organization is 'What a webhook covers now of an organization, and since when.';

create or replace view covered_webhook_delivery as
select w.company_id, d.id, d.webhook_id, d.organization_id, d.kind, d.body, d.accepted_at
  from webhook_delivery d
  join webhook w on w.id = d.webhook_id
  join valid_caller k on k.id = w.id
 where d.needs = 'nothing'
union all
select x.company_id, d.id, d.webhook_id, d.organization_id, d.kind,
       covered_body(d.needs, d.place, d.accepted_at, d.body, d.lesser_body, c.inventory, c.alarms, x.inventory_since, x.alarms_since, x.began_offset),
       d.accepted_at
  from coverage c
  join webhook w on w.id = c.caller
  join coverage_change x on x.company_id = w.company_id and x.organization_id = c.organization_id
  join webhook_delivery d on d.webhook_id = c.caller and d.organization_id = c.organization_id
 where d.needs <> 'nothing'
   and covered_body(d.needs, d.place, d.accepted_at, d.body, d.lesser_body, c.inventory, c.alarms, x.inventory_since, x.alarms_since, x.began_offset) is not null;

create or replace view covered_webhook_body as
select m.id as caller, d.id, d.webhook_id, d.body
  from valid_member m
  join webhook w on w.company_id = m.company_id
  join webhook_delivery d on d.webhook_id = w.id
 where d.needs = 'nothing'
union all
select c.caller, d.id, d.webhook_id,
       covered_body(d.needs, d.place, d.accepted_at, d.body, d.lesser_body, c.inventory, c.alarms, x.inventory_since, x.alarms_since, x.began_offset)
  from coverage c
  join valid_member m on m.id = c.caller
  join webhook w on w.company_id = m.company_id
  join coverage_change x on x.company_id = w.company_id and x.organization_id = c.organization_id
  join webhook_delivery d on d.webhook_id = w.id and d.organization_id = c.organization_id
 where d.needs <> 'nothing'
   and covered_body(d.needs, d.place, d.accepted_at, d.body, d.lesser_body, c.inventory, c.alarms, x.inventory_since, x.alarms_since, x.began_offset) is not null;
