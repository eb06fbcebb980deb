-- That a company covers an organization is told also where more has changed since: what waits of one coverage, without a break, is sent for as long as
-- that lasts; and where nobody was told of its beginning, what is told next is the beginning. Of what versions before have noted, it is not known with
-- which change it began: its last one stands for that.
alter table coverage_change add column began_offset bigint, add column told_offset bigint;
update coverage_change x
   set began_offset = case when x.covered then x.changed_offset end, told_offset = h.told
  from coverage_head h
 where h.company_id = x.company_id;
comment on column coverage_change.began_offset is 'The change with which it began to be covered, without a break since; null: it is not.';
comment on column coverage_change.told_offset is 'The last of its changes of which events were made; null: none.';

create or replace function keep_coverage(company text, organization text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  moment constant timestamptz := statement_timestamp();
  was coverage_change;
  state coverage_state;
  unbroken boolean;
  changed boolean;
  cause_at timestamptz;
  cause text;
  next bigint;
begin
  insert into coverage_head (company_id) select c.id from company c where c.id = company on conflict do nothing;
  perform from coverage_head h where h.company_id = company for update;
  if not found then
    return; -- the company has gone
  end if;
  select * into state from coverage_state s where s.company_id = company and s.organization_id = organization;
  if found then
    insert into coverage_change (company_id, organization_id) values (company, organization) on conflict do nothing;
  end if;
  select * into was from coverage_change x where x.company_id = company and x.organization_id = organization;
  if not found then
    return;
  end if;
  if was.seen_at > moment and was.seen_at < moment + interval '10 seconds' then
    -- While this statement waited, another looked at a later moment: what held at ours may be over. The job looks again.
    update coverage_change x set next_at = moment where x.company_id = company and x.organization_id = organization;
    return;
  end if;
  state.covered := coalesce(state.covered, false);
  unbroken := was.covered and state.covered and was.since >= state.since;
  changed := was.covered is distinct from state.covered
    or state.covered and not (unbroken and (was.inventory_since is not null, was.alarms_since is not null, was.sensors_since is not null)
                                           = (state.inventory, state.alarms, state.sensors));
  if changed and state.covered then
    select least(x.at, moment), x.reason into cause_at, cause
      from (values (1, state.consent_changed_at, case when unbroken then 'consent_changed' else 'consent_given' end),
                   (2, state.subscription_started_at, 'subscription_started'),
                   (3, state.resumed_at, 'resumed'),
                   (4, state.connected_at, 'connected')) x (place, at, reason)
     where x.at is not null
     order by least(x.at, moment) desc, x.place
     limit 1;
  elsif changed then
    select x.at, x.reason into cause_at, cause
      from (values (1, case when state.connected_at is null then moment else state.disconnected_at end, 'disconnected'),
                   (2, state.suspended_at, 'suspended'),
                   (3, state.consent_ended_at, case when state.consent_ended_at >= state.consent_ends_at then 'consent_expired' else 'consent_withdrawn' end),
                   (4, state.consent_ends_at, 'consent_expired'),
                   (5, coalesce(state.subscription_ended_at, moment), 'subscription_ended')) x (place, at, reason)
     where x.at <= moment
     order by x.place
     limit 1;
  end if;
  if changed then
    update coverage_head h set head = head + 1 where h.company_id = company returning h.head into next;
  end if;
  update coverage_change x
     set covered = state.covered,
         since = case when unbroken then x.since when state.covered then state.since end,
         -- Unknown where a backup of a version before was restored.
         began_offset = case when unbroken then coalesce(x.began_offset, x.changed_offset) when state.covered then next end,
         inventory_since = case when state.covered and state.inventory then
           case when unbroken then coalesce(x.inventory_since, moment) else state.since end end,
         alarms_since = case when state.covered and state.alarms then
           case when unbroken then coalesce(x.alarms_since, moment) else state.since end end,
         sensors_since = case when state.covered and state.sensors then
           case when unbroken then coalesce(x.sensors_since, moment) else state.since end end,
         reason = case when changed then cause else x.reason end,
         -- What time alone brought, happened then; what somebody has just done, also where he dated it back, happens now.
         changed_at = case when not changed then x.changed_at when cause_at > was.seen_at or was.seen_at is null then cause_at else moment end,
         changed_offset = case when changed then next else x.changed_offset end,
         seen_at = moment,
         next_at = case when state.disconnected_at is null and state.suspended_at is null and state.consent_ended_at is null then (
           select min(m.at)
             from (select unnest(array[s.starts_at, s.ends_at]) as at from subscription s where s.company_id = organization
                    union all
                   select state.consent_ends_at) m
            where m.at > moment) end
   where x.company_id = company and x.organization_id = organization;
end $$;

create or replace view covered_webhook_delivery as
select w.company_id, d.id, d.webhook_id, d.organization_id, d.kind, d.body, d.accepted_at
  from webhook_delivery d
  join webhook w on w.id = d.webhook_id
  join valid_caller k on k.id = w.id
 where d.needs = 'nothing'
union all
select x.company_id, d.id, d.webhook_id, d.organization_id, d.kind,
       case when d.lesser_body is null or c.inventory and d.accepted_at >= x.inventory_since then d.body else d.lesser_body end,
       d.accepted_at
  from coverage c
  join webhook w on w.id = c.caller
  join coverage_change x on x.company_id = w.company_id and x.organization_id = c.organization_id
  join webhook_delivery d on d.webhook_id = c.caller and d.organization_id = c.organization_id
 where case d.needs
         when 'organization' then d.place >= x.began_offset
         when 'inventory' then c.inventory and d.accepted_at >= x.inventory_since
         when 'alarms' then c.alarms and d.accepted_at >= x.alarms_since
         else false end;

create or replace view covered_webhook_body as
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
         when 'organization' then d.place >= x.began_offset
         when 'inventory' then c.inventory and d.accepted_at >= x.inventory_since
         when 'alarms' then c.alarms and d.accepted_at >= x.alarms_since
         else false end;
