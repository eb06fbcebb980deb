-- What a delivery says is shown to the company's members by their own coverage, so that it can be read also while its webhook is not enabled.

create view covered_webhook_body as
select m.id as caller, d.id, d.webhook_id, d.body
  from valid_member m
  join webhook w on w.company_id = m.company_id
  join webhook_delivery d on d.webhook_id = w.id
 where d.needs = 'nothing'
union all
select c.caller, d.id, d.webhook_id,
       case when d.lesser_body is null or c.inventory and d.accepted_at >= x.inventory_since then d.body else d.lesser_body end
  from coverage c
  join valid_member m on m.id = c.caller
  join webhook w on w.company_id = m.company_id
  join coverage_change x on x.company_id = w.company_id and x.organization_id = c.organization_id
  join webhook_delivery d on d.webhook_id = w.id and d.organization_id = c.organization_id
 where case d.needs
         when 'organization' then d.place = x.changed_offset
         when 'inventory' then c.inventory and d.accepted_at >= x.inventory_since
         when 'alarms' then c.alarms and d.accepted_at >= x.alarms_since
         else false end;
comment on view covered_webhook_body is
  'What deliveries of its company''s webhooks say, to a member: as covered_webhook_delivery, which is what may be sent, but that the webhook need not be enabled.';
comment on view covered_webhook_delivery is
  'What may be sent now: covered, and accepted since this kind of data is shared without a break. Nothing that was accepted between a withdrawal and another consent.';
