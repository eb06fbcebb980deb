-- Limits of a consent: until a date, and which kinds of data. Both may change while it stands.

drop trigger consent_act on consent;
drop trigger consent_after_the_log on consent;

alter table consent rename column withdrawn_at to ended_at;
alter table consent
  add column ends_at timestamptz,
  add column changed_at timestamptz,
  add column alarms_since timestamptz,
  add column sensors_since timestamptz,
  add column text_version text check (length(text_version) <= 40);
-- Nobody is covered otherwise by this; and what it leaves to the commit would keep the table from being altered.
alter table consent disable trigger consent_then_coverage;
update consent
   set changed_at = given_at, alarms_since = case when alarms then given_at end, sensors_since = case when sensors then given_at end;
alter table consent enable trigger consent_then_coverage;
alter table consent
  alter column changed_at set not null,
  alter column changed_at set default statement_timestamp(),
  add check (ended_at <= ends_at),
  add check (alarms = (alarms_since is not null)),
  add check (sensors = (sensors_since is not null));
comment on table consent is 'Belongs to one partnership. Its limits may change while it stands; ended is for good: giving again makes a new one.';
comment on column consent.ended_at is 'When it was withdrawn; or its own ends_at, once it was noted that it had expired.';
comment on column consent.ends_at is 'The first moment at which it does not hold, by the clock alone; null: it holds until it is withdrawn.';
comment on column consent.changed_at is 'When it was given, or its limits were last changed.';
comment on column consent.alarms_since is 'Since when alarms are shared without a break: no earlier state of one is read. Set by a trigger.';
comment on column consent.sensors_since is
  'Since when measurements are shared without a break: streams rest on it, and nothing accepted before is read (I3). Set by a trigger.';
comment on column consent.text_version is 'Which version of the words was agreed to (src/domain/consent-text.ts); null: before versions were kept.';
create index consent_ending on consent (ends_at) where ended_at is null and ends_at is not null;
create index consent_partnership on consent (partnership_id, given_at);

create or replace function consent_after_the_log() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  behind timestamptz := (
    select h.accepted_at + interval '1 microsecond'
      from partnership p
      join measurement_head h on h.organization_id = p.customer_id
     where p.id = new.partnership_id);
begin
  if tg_op = 'INSERT' then
    new.given_at := greatest(new.given_at, behind);
    new.changed_at := new.given_at;
    new.alarms_since := case when new.alarms then new.given_at end;
    new.sensors_since := case when new.sensors then new.given_at end;
    return new;
  end if;
  new.alarms_since := case when not new.alarms then null when old.alarms then old.alarms_since else statement_timestamp() end;
  new.sensors_since := case when not new.sensors then null when old.sensors then old.sensors_since
                            else greatest(statement_timestamp(), behind) end;
  return new;
end $$;
comment on function consent_after_the_log is
  'Blocks are stamped in rising order, so after a step back their times are ahead of the clock: what is shared then is shared from behind them.';
create trigger consent_after_the_log before insert or update of alarms, sensors on consent
  for each row execute function consent_after_the_log();

-- By their names before consent_then_coverage, as 0022 asks.
create constraint trigger consent_act after insert or delete on consent deferrable initially deferred
  for each row execute function record_row_act();
create constraint trigger consent_act_changed after update on consent deferrable initially deferred
  for each row when (old.ended_at is not distinct from new.ended_at) execute function record_row_act();
create constraint trigger consent_act_withdrawn after update on consent deferrable initially deferred
  for each row when (old.ended_at is null and new.ended_at is not null and new.ended_at is distinct from new.ends_at)
  execute function record_row_act('ended_at=consent.withdrawn');
create constraint trigger consent_act_expired after update on consent deferrable initially deferred
  for each row when (old.ended_at is null and new.ended_at = new.ends_at)
  execute function record_row_act('ended_at=consent.expired');

create view standing_consent as
select id, partnership_id, inventory, alarms, sensors, given_at, given_by, changed_at, ends_at, sensors_since, text_version, alarms_since
  from consent
 where ended_at is null and (ends_at is null or ends_at > statement_timestamp());
comment on view standing_consent is 'The consent that holds at present: at most one per partnership. Time alone ends it, before any job notes that.';

create or replace view valid_customer as
select p.partner_id as partner_company_id, p.customer_id as organization_id, o.name as label,
       c.inventory, c.alarms, c.sensors, p.id as partnership_id, c.id as consent_id, s.id as subscription_id,
       c.given_at as consent_given_at, s.ends_at as subscription_ends_at, o.resumed_at, c.ends_at as consent_ends_at, c.sensors_since, c.alarms_since
  from partnership p
  join standing_consent c on c.partnership_id = p.id
  join active_subscription s on s.company_id = p.customer_id
  join company o on o.id = p.customer_id and o.suspended_at is null
 where p.ended_at is null;

create or replace view coverage as
select k.id as caller, r.organization_id, r.label, r.inventory, r.alarms, r.sensors, r.consent_id, r.subscription_id,
       concat_ws(' ', r.consent_id, r.sensors_since, r.subscription_id, r.resumed_at, k.basis) as basis,
       case when r.subscription_id is null then '-infinity' else greatest(r.consent_given_at, r.sensors_since, (
         select max(s.starts_at)
           from subscription s
          where s.company_id = r.organization_id and s.starts_at <= statement_timestamp() and s.ends_at > s.starts_at
            and not exists (
                select from subscription e
                 where e.company_id = s.company_id and e.ends_at = s.starts_at and e.starts_at < s.starts_at))) end as since,
       least(r.subscription_ends_at, r.consent_ends_at, k.expires_at, 'infinity') as until,
       r.alarms_since
  from valid_caller k
 cross join lateral (
       select v.organization_id, v.label, v.inventory, v.alarms, v.sensors, v.consent_id, v.subscription_id,
              v.consent_given_at, v.subscription_ends_at, v.resumed_at, v.consent_ends_at, v.sensors_since, v.alarms_since
         from valid_customer v
        where v.partner_company_id = k.company_id
          and (k.reach = 'all'
               or k.reach = 'member' and k.company_kind = 'partner'
               or k.reach = 'specific' and exists (
                    select from api_key_organization i where i.key_id = k.id and i.organization_id = v.organization_id))
        union all
       select k.company_id, k.company_name, true, true, true, null, s.id, null, s.ends_at, null, null, null, null
         from active_subscription s
        where k.reach = 'own' and k.company_kind = 'customer' and s.company_id = k.company_id
        union all
       select o.id, o.name, true, true, true, null, null, null, null, o.resumed_at, null, null, null
         from company o
        where k.reach = 'demo' and o.kind = 'demo' and o.suspended_at is null
        union all
       select k.company_id, k.company_name, true, true, true, null, null, null, null, null, null, null, null
        where k.reach = 'member' and k.company_kind = 'customer') r;
comment on column coverage.basis is
  'What the coverage of measurements rests on: consent and since when it shares them, subscription period, and when key and companies last came back. Another basis is another coverage (I3).';
comment on column coverage.since is
  'No measurement accepted before is read: when consent began to share them, and the subscription''s unbroken periods began.';

create or replace view connected_customer as
select p.partner_id as partner_company_id, p.customer_id as organization_id, o.name as label, p.id as partnership_id, p.connected_at,
       c.given_at as consent_given_at, c.inventory, c.alarms, c.sensors, s.ends_at as subscription_ends_at,
       array_remove(array[
         case when o.suspended_at is not null then 'suspended' end,
         case when c.id is null then coalesce((
           select case when x.ends_at <= statement_timestamp() and coalesce(x.ended_at, x.ends_at) = x.ends_at then 'consent expired' end
             from consent x
            where x.partnership_id = p.id
            order by x.given_at desc, x.id
            limit 1), 'no consent') end,
         case when s.id is null then 'no active subscription' end], null) as reasons,
       c.ends_at as consent_ends_at
  from partnership p
  join company o on o.id = p.customer_id
  left join standing_consent c on c.partnership_id = p.id
  left join active_subscription s on s.company_id = p.customer_id
 where p.ended_at is null;

create or replace view coverage_state as
select p.partner_id as company_id, p.customer_id as organization_id, v.organization_id is not null as covered,
       v.inventory, v.alarms, v.sensors, greatest(c.given_at, subscribed_since(p.customer_id)) as since,
       p.connected_at, p.ended_at as disconnected_at, c.given_at as consent_given_at, c.changed_at as consent_changed_at,
       c.ended_at as consent_ended_at, c.ends_at as consent_ends_at,
       subscribed_since(p.customer_id) as subscription_started_at,
       (select max(s.ends_at) from subscription s where s.company_id = p.customer_id and s.ends_at <= statement_timestamp()) as subscription_ended_at,
       o.suspended_at, o.resumed_at
  from (select distinct on (x.partner_id, x.customer_id) x.id, x.partner_id, x.customer_id, x.connected_at, x.ended_at
          from partnership x
         order by x.partner_id, x.customer_id, x.ended_at desc nulls first) p
  join company o on o.id = p.customer_id
  left join lateral (
       select y.given_at, y.changed_at, y.ended_at, y.ends_at
         from consent y
        where y.partnership_id = p.id
        order by y.ended_at desc nulls first, y.given_at desc
        limit 1) c on true
  left join valid_customer v on v.partnership_id = p.id
union all
select o.id, o.id, s.id is not null and o.suspended_at is null, true, true, true, subscribed_since(o.id), o.created_at, null, null, null, null, null,
       subscribed_since(o.id),
       (select max(e.ends_at) from subscription e where e.company_id = o.id and e.ends_at <= statement_timestamp()),
       o.suspended_at, o.resumed_at
  from company o
  left join active_subscription s on s.company_id = o.id
 where o.kind = 'customer'
union all
select o.id, o.id, o.suspended_at is null, true, true, true, coalesce(o.resumed_at, o.created_at), o.created_at, null, null, null, null, null, null, null,
       o.suspended_at, o.resumed_at
  from company o
 where o.kind = 'demo';

grant select on standing_consent to assent_request;
