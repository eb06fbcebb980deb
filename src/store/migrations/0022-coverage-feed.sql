-- The feed of coverage: which organizations a company covers, what changed last in each, and why.

create table coverage_head (
  company_id text primary key references company on delete cascade,
  head       bigint not null default 0,
  purged     bigint not null default 0
);
comment on table coverage_head is 'One series of offsets per company; the row''s lock orders its changes (I5).';

create table coverage_change (
  company_id      text not null references company on delete cascade,
  organization_id text not null,
  covered         boolean not null default false,
  since           timestamptz,
  inventory_since timestamptz,
  alarms_since    timestamptz,
  sensors_since   timestamptz,
  reason          text,
  changed_at      timestamptz,
  changed_offset  bigint,
  seen_at         timestamptz,
  next_at         timestamptz,
  primary key (company_id, organization_id)
);
comment on table coverage_change is 'The last change of what a company covers of an organization. It stays for as long as the organization: pairs are few.';
comment on column coverage_change.since is 'Since when it is covered without a break: another moment is another coverage.';
comment on column coverage_change.alarms_since is 'Since when this kind of data is shared without a break; null: it is not. The like for the others.';
comment on column coverage_change.changed_offset is 'Null: it was never covered.';
comment on column coverage_change.seen_at is 'The moment as of which it was last held against the coverage.';
comment on column coverage_change.next_at is 'When time alone may change it.';
create index coverage_change_feed on coverage_change (company_id, changed_offset);
create index coverage_change_organization on coverage_change (organization_id);
create index coverage_change_due on coverage_change (next_at) where next_at is not null;

create table coverage_key_change (
  key_id          text not null references api_key on delete cascade,
  organization_id text not null,
  changed_at      timestamptz not null,
  changed_offset  bigint not null,
  primary key (key_id, organization_id)
);
create index coverage_key_change_organization on coverage_key_change (organization_id);
comment on table coverage_key_change is 'Organizations that were taken out of a key''s set while they were covered. A key is never widened, so this is final.';

create function subscribed_since(company text) returns timestamptz
language sql stable as $$
  select max(s.starts_at)
    from subscription s
   where s.company_id = company and s.starts_at <= statement_timestamp() and s.ends_at > s.starts_at
     and not exists (
         select from subscription e where e.company_id = s.company_id and e.ends_at = s.starts_at and e.starts_at < s.starts_at)
$$;
comment on function subscribed_since is 'When the latest of its unbroken periods began.';

create view coverage_state as
select p.partner_id as company_id, p.customer_id as organization_id, v.organization_id is not null as covered,
       v.inventory, v.alarms, v.sensors, greatest(c.given_at, subscribed_since(p.customer_id)) as since,
       p.connected_at, p.ended_at as disconnected_at, c.given_at as consent_given_at, c.given_at as consent_changed_at,
       c.withdrawn_at as consent_ended_at, null::timestamptz as consent_ends_at,
       subscribed_since(p.customer_id) as subscription_started_at,
       (select max(s.ends_at) from subscription s where s.company_id = p.customer_id and s.ends_at <= statement_timestamp()) as subscription_ended_at,
       o.suspended_at, o.resumed_at
  from (select distinct on (x.partner_id, x.customer_id) x.id, x.partner_id, x.customer_id, x.connected_at, x.ended_at
          from partnership x
         order by x.partner_id, x.customer_id, x.ended_at desc nulls first) p
  join company o on o.id = p.customer_id
  left join lateral (
       select y.given_at, y.withdrawn_at
         from consent y
        where y.partnership_id = p.id
        order by y.withdrawn_at desc nulls first, y.given_at desc
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
comment on view coverage_state is 'What a company covers now of an organization, with the moments that tell since when and why: of a partner''s customer, a customer itself, the demo company.';

-- Holds what is stored of a pair against the coverage, under the company's head. Whoever changes coverage gets here by a trigger; what time
-- alone changes, a job brings. Nothing happens where nothing has changed.
create function keep_coverage(company text, organization text) returns void
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
revoke execute on function keep_coverage(text, text) from public;

create function coverage_follows() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  full_row constant jsonb := case when tg_op = 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
  customer text;
begin
  case tg_table_name
    when 'partnership' then
      perform keep_coverage(full_row ->> 'partner_id', full_row ->> 'customer_id');
    when 'consent' then
      perform keep_coverage(p.partner_id, p.customer_id) from partnership p where p.id = full_row ->> 'partnership_id';
    else
      customer := full_row ->> case tg_table_name when 'subscription' then 'company_id' else 'id' end;
      perform keep_coverage(o.id, o.id) from company o where o.id = customer and o.kind in ('customer', 'demo');
      perform keep_coverage(x.partner_id, customer)
         from (select p.partner_id from partnership p where p.customer_id = customer and p.ended_at is null order by p.partner_id) x;
  end case;
  return null;
end $$;

-- A key that lost organizations of its set, that was narrowed to a set, or that replaces one that had been.
create function key_set_follows() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  key text := case tg_table_name when 'api_key' then to_jsonb(new) ->> 'id' else to_jsonb(old) ->> 'key_id' end;
  taken text := case tg_table_name when 'api_key_organization' then to_jsonb(old) ->> 'organization_id' end;
  company text := (select k.company_id from api_key k where k.id = key);
  gone text[];
begin
  if tg_op = 'INSERT' then
    insert into coverage_key_change (key_id, organization_id, changed_at, changed_offset)
    select key, x.organization_id, x.changed_at, x.changed_offset from coverage_key_change x where x.key_id = to_jsonb(new) ->> 'predecessor_id';
    return null;
  end if;
  perform from coverage_head h where h.company_id = company for update;
  select array_agg(x.organization_id order by x.organization_id) into gone
    from coverage_change x
   where x.company_id = company and x.covered and (taken is null or x.organization_id = taken)
     and not exists (select from api_key_organization i where i.key_id = key and i.organization_id = x.organization_id);
  if gone is null then
    return null; -- the key has gone, or covered none of them
  end if;
  insert into coverage_key_change (key_id, organization_id, changed_at, changed_offset)
  select key, g.id, statement_timestamp(), h.head + g.place
    from unnest(gone) with ordinality g (id, place)
    join coverage_head h on h.company_id = company
  on conflict (key_id, organization_id) do update set changed_at = excluded.changed_at, changed_offset = excluded.changed_offset;
  update coverage_head h set head = head + cardinality(gone) where h.company_id = company;
  return null;
end $$;

-- What others covered of a company that is deleted goes with it; whoever has not heard of its end lists again.
create function coverage_goes() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from coverage_head h
    where h.company_id in (select x.company_id from coverage_change x where x.organization_id = old.id) order by h.company_id for update;
  update coverage_head h
     set head = head + 1, purged = greatest(h.purged, x.changed_offset)
    from coverage_change x
   where x.organization_id = old.id and h.company_id = x.company_id and x.changed_offset is not null;
  delete from coverage_change x where x.organization_id = old.id;
  delete from coverage_key_change x where x.organization_id = old.id;
  return null;
end $$;

-- At the commit, and each behind the act of the same row by its name, so that all take the record's head before the coverage's.
create constraint trigger partnership_then_coverage after insert or update or delete on partnership deferrable initially deferred
  for each row execute function coverage_follows();
create constraint trigger consent_then_coverage after insert or update or delete on consent deferrable initially deferred
  for each row execute function coverage_follows();
create constraint trigger subscription_then_coverage after insert or update or delete on subscription deferrable initially deferred
  for each row execute function coverage_follows();
create constraint trigger company_then_coverage after insert on company deferrable initially deferred
  for each row when (new.kind = 'demo') execute function coverage_follows();
create constraint trigger company_then_its_coverage after update on company deferrable initially deferred
  for each row when (old.suspended_at is distinct from new.suspended_at) execute function coverage_follows();
create constraint trigger api_key_organization_then_coverage after delete on api_key_organization deferrable initially deferred
  for each row execute function key_set_follows();

create constraint trigger api_key_then_coverage after update on api_key deferrable initially deferred
  for each row when (old.kind = 'all' and new.kind = 'specific') execute function key_set_follows();
create constraint trigger api_key_then_its_coverage after insert on api_key deferrable initially deferred
  for each row when (new.predecessor_id is not null) execute function key_set_follows();
create constraint trigger company_then_gone after delete on company deferrable initially deferred
  for each row execute function coverage_goes();

create view covered_feed as
select k.id as caller, k.reach, coalesce(d.id, k.company_id) as company_id, coalesce(h.head, 0) as head, coalesce(h.purged, 0) as purged
  from valid_caller k
  left join company d on k.reach = 'demo' and d.kind = 'demo'
  left join coverage_head h on h.company_id = coalesce(d.id, k.company_id);
comment on view covered_feed is 'Where the feed of coverage stands that a caller reads: its company''s, or with a demo key the demo company''s.';

create view covered_organization_change as
select f.caller, x.organization_id, c.label, x.covered, c.inventory, c.alarms, c.sensors, x.reason, x.changed_at, x.changed_offset
  from covered_feed f
  join coverage_change x on x.company_id = f.company_id and x.changed_offset is not null
  left join coverage c on c.caller = f.caller and c.organization_id = x.organization_id
 where (f.reach <> 'specific'
        or exists (select from api_key_organization i where i.key_id = f.caller and i.organization_id = x.organization_id))
   and x.covered = (c.caller is not null)
union all
select x.key_id, x.organization_id, null, false, null, null, null, 'key_changed', x.changed_at, x.changed_offset
  from coverage_key_change x
  join valid_key k on k.id = x.key_id;
comment on view covered_organization_change is
  'The last change of each organization in a caller''s set. One that the coverage itself contradicts is left out: time has changed it, and its row follows with a new offset.';

grant select on covered_feed, covered_organization_change to assent_request;

select keep_coverage(s.company_id, s.organization_id) from coverage_state s;
