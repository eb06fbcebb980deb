-- The record of acts (I11): a chain of hashes, written by deferred triggers in the acting transaction itself.

create table act (
  seq       bigint primary key,
  at        timestamptz not null,
  companies text[] not null,
  verb      text not null,
  record    text not null,
  previous  bytea not null,
  digest    bytea not null
);
comment on table act is 'Who did what, when, from where. Never updated, never deleted.';
comment on column act.record is 'The act as JSON text. digest = sha256(previous || record).';
comment on column act.companies is 'Whom it concerns: each of them sees it. Its personal data sees who did it, where it concerns nobody else.';
create index act_companies on act using gin (companies);

create table act_personal (
  seq  bigint primary key references act,
  salt text not null,
  data text not null
);
comment on table act_personal is 'Names, addresses: beside the chain, salted and hashed in it ("personal"), so that they can be erased.';

create table act_head (
  one    boolean primary key default true check (one),
  seq    bigint not null,
  digest bytea not null
);
insert into act_head (seq, digest) values (0, sha256('assent'));

create table signed_head (
  seq       bigint not null,
  at        timestamptz not null,
  digest    bytea not null,
  signature bytea not null,
  primary key (seq, at)
);
comment on table signed_head is 'The chain''s head, signed each hour with a key outside the database.';

create function record_act(verb text, companies text[], subject jsonb, details jsonb, personal jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  actor jsonb := coalesce(nullif(current_setting('assent.actor', true), ''), '{"kind": "system"}')::jsonb;
  moment timestamptz;
  salt text := gen_random_uuid()::text;
  people text := (personal || case when actor ? 'address' then jsonb_build_object('from', actor -> 'address') else '{}' end)::text;
  head act_head;
  body text;
begin
  select * into head from act_head for update;
  moment := clock_timestamp(); -- after the lock, so that later acts have later times
  body := jsonb_build_object(
    'seq', head.seq + 1,
    'at', to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'verb', verb,
    'actor', actor - 'address',
    'companies', to_jsonb(companies),
    'subject', subject,
    'details', details,
    'personal', encode(sha256(convert_to(salt || people, 'UTF8')), 'hex'))::text;
  insert into act (seq, at, companies, verb, record, previous, digest)
  values (head.seq + 1, moment, companies, verb, body, head.digest, sha256(head.digest || convert_to(body, 'UTF8')));
  insert into act_personal (seq, salt, data) values (head.seq + 1, salt, people);
  update act_head set seq = head.seq + 1, digest = sha256(head.digest || convert_to(body, 'UTF8'));
end $$;

create function record_row_act() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  secret constant text[] := '{secret_hash,secret_name,token,password,access_token,refresh_token,id_token}';
  private constant text[] := '{email,contact_email,contact_phone,address,ip_address,user_agent}';
  was jsonb := case when tg_op = 'INSERT' then '{}' else to_jsonb(old) - secret end;
  became jsonb := case when tg_op = 'DELETE' then '{}' else to_jsonb(new) - secret end;
  full_row jsonb := was || became;
  changed jsonb;
  verb text;
  companies text[];
begin
  select coalesce(jsonb_object_agg(key, value), '{}') into changed
    from jsonb_each(case when tg_op = 'DELETE' then was else became end) e
   where tg_op <> 'UPDATE' or was -> e.key is distinct from e.value;
  if tg_op = 'UPDATE' and changed - 'updated_at' = '{}' then
    return null;
  end if;

  companies := case
    when tg_table_name = 'company' then array[full_row ->> 'id']
    when tg_table_name = 'partnership' then array[full_row ->> 'customer_id', full_row ->> 'partner_id']
    when tg_table_name = 'consent' then
      (select array[p.customer_id, p.partner_id] from partnership p where p.id = full_row ->> 'partnership_id')
    when tg_table_name = 'api_key_organization' then
      (select array[k.company_id] from api_key k where k.id = full_row ->> 'key_id')
    when tg_table_name = 'session' then
      (select array[m.company_id] from member m where m.person_id = full_row ->> 'person_id')
    else array[full_row ->> 'company_id'] end;
  if companies is null then
    return null; -- the row went with its owner, whose own end is recorded
  end if;

  verb := case
    when tg_op = 'UPDATE' and tg_table_name = 'company' and changed ? 'suspended_at'
      then case when became ->> 'suspended_at' is null then 'company.resumed' else 'company.suspended' end
    when tg_op = 'UPDATE' and tg_table_name = 'subscription' and changed ? 'terminated_at' then 'subscription.terminated'
    when tg_op = 'UPDATE' and tg_table_name = 'subscription' and changed ? 'canceled_at' then 'subscription.canceled'
    when tg_op = 'UPDATE' and tg_table_name = 'subscription' and changed ? 'ends_at'
      then case when (became ->> 'ends_at')::timestamptz > (was ->> 'ends_at')::timestamptz then 'subscription.extended' else 'subscription.shortened' end
    when tg_op = 'UPDATE' and tg_table_name = 'partnership' and changed ? 'ended_at' then 'partnership.ended'
    when tg_op = 'UPDATE' and tg_table_name = 'consent' and changed ? 'withdrawn_at' then 'consent.withdrawn'
    when tg_op = 'UPDATE' and tg_table_name = 'api_key' and changed ? 'enabled'
      then case when (became ->> 'enabled')::boolean then 'key.enabled' else 'key.disabled' end
    when tg_op = 'UPDATE' and tg_table_name = 'gateway' and changed ? 'removed_at' then 'gateway.removed'
    when tg_op = 'UPDATE' and tg_table_name = 'setup_link' and changed ? 'used_at' then 'setup_link.used'
    when tg_table_name = 'api_key_organization'
      then case tg_op when 'INSERT' then 'key.organization_added' else 'key.organization_removed' end
    when tg_table_name = 'subscription' and tg_op = 'INSERT' then 'subscription.started'
    when tg_table_name = 'partnership' and tg_op = 'INSERT' then 'partnership.connected'
    when tg_table_name = 'consent' and tg_op = 'INSERT' then 'consent.given'
    when tg_table_name = 'session' then case tg_op when 'INSERT' then 'session.started' when 'DELETE' then 'session.ended' end
    else replace(tg_table_name, 'api_key', 'key') || case tg_op
      when 'INSERT' then '.created' when 'DELETE' then '.deleted' else '.changed' end end;
  if verb is null then
    return null; -- a session that was only refreshed
  end if;
  if tg_table_name = 'session' and coalesce(current_setting('assent.actor', true), '') = '' then
    perform set_config('assent.actor', jsonb_build_object('kind', 'person', 'id', full_row ->> 'person_id', 'company', companies[1])::text, true);
  end if;

  perform record_act(
    verb, companies,
    jsonb_build_object('kind', replace(tg_table_name, 'api_key', 'key'), 'id', coalesce(full_row ->> 'id', full_row ->> 'key_id')),
    changed - private,
    coalesce((select jsonb_object_agg(key, value) from jsonb_each(changed) e where e.key = any (private)), '{}'));
  return null;
end $$;

do $$
declare
  noun text;
begin
  foreach noun in array array['company', 'member', 'session', 'access_token', 'setup_link', 'subscription', 'partnership', 'consent',
                              'api_key', 'api_key_organization', 'gateway'] loop
    execute format('create constraint trigger %I after insert or update or delete on %I deferrable initially deferred
                    for each row execute function record_row_act()', noun || '_act', noun);
  end loop;
end $$;
