-- The vendor's administrators view a company's portal: to read alone, for an hour at most, told to it, and never device data.

alter table company add column allows_visits boolean not null default true;
comment on column company.allows_visits is 'Whether the vendor may view its portal.';

create table visit (
  id         text primary key default gen_random_uuid()::text,
  session_id text not null unique references session on delete cascade,
  company_id text not null references company on delete cascade,
  reason     text not null check (length(reason) between 1 and 500),
  begun_at   timestamptz not null default statement_timestamp(),
  expires_at timestamptz not null check (expires_at <= begun_at + interval '60 minutes')
);
comment on table visit is
  'A session of the vendor that views a company. Its row goes when it ends, by whatever cause: that is the act which both companies'' records keep.';
comment on column visit.id is 'The visit as a caller: no member''s, so that the coverage has nothing for it.';
comment on column visit.company_id is 'The company that is viewed.';
create index visit_company on visit (company_id);

create view standing_visit as
select v.id, v.session_id, v.company_id, o.kind as company_kind, o.name as company_name, o.partner_id, v.reason, v.expires_at
  from visit v
  join company o on o.id = v.company_id and o.allows_visits and o.suspended_at is null
  join session s on s.id = v.session_id
  join valid_member m on m.person_id = s.person_id and m.company_kind = 'vendor' and m.role = 'administrator'
 where v.expires_at > statement_timestamp();
comment on view standing_visit is 'Visits that hold now: of whoever is an administrator of the vendor still, to a company that allows them still.';
grant select on standing_visit to assent_request;

-- A company that no longer allows visits, or is suspended, ends those under way: they do not go on when it changes its mind.
create function end_visits() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from visit where company_id = new.id;
  return null;
end $$;
create trigger company_visits after update of allows_visits, suspended_at on company
  for each row when (not new.allows_visits or new.suspended_at is not null) execute function end_visits();

create function record_visit_act() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  viewed visit := case when tg_op = 'DELETE' then old else new end;
begin
  perform record_act(
    case when tg_op = 'DELETE' then 'visit.ended' else 'visit.begun' end,
    array(select c.id from company c where c.kind = 'vendor') || viewed.company_id,
    jsonb_build_object('kind', 'company', 'id', viewed.company_id),
    jsonb_strip_nulls(jsonb_build_object(
      'name', (select c.name from company c where c.id = viewed.company_id),
      'reason', viewed.reason,
      'expires_at', case when tg_op = 'INSERT' then to_jsonb(viewed.expires_at) end)),
    '{}');
  return null;
end $$;
create constraint trigger visit_act after insert or delete on visit deferrable initially deferred
  for each row execute function record_visit_act();

-- Who read what is the company's to see, and of whoever views its portal; a visit sees it as the members do.
create or replace view received_access as
select m.id as caller, a.organization_id, a.minute, a.reader_id, a.operation, a.status, a.address, a.company_id, a.company_name, a.reader_kind,
       a.key_name, a.first_at, a.last_at, a.requests, a.objects, a.bytes, a.lines
  from (select v.id, v.company_id, v.company_kind from valid_member v
         union all
        select s.id, s.company_id, s.company_kind from standing_visit s) m
  join access a on a.organization_id = m.company_id
 where m.company_kind = 'customer';

create or replace view made_access as
select m.id as caller, a.organization_id, a.minute, a.reader_id, a.operation, a.status, a.address, a.company_id, a.company_name, a.reader_kind,
       a.key_name, a.first_at, a.last_at, a.requests, a.objects, a.bytes, a.lines
  from (select v.id, v.company_id from valid_member v
         union all
        select s.id, s.company_id from standing_visit s) m
  join access a on a.company_id = m.company_id;
