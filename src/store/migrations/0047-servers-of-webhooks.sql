-- What stands in a webhook's address behind its server is often what opens the receiver. The record of acts, which the vendor and its visits read too,
-- names the server alone from now on; acts of versions before keep the whole address, under the chain's digests.

create function server_of(url text) returns text
language sql immutable as $$
  select substring(url from '^[A-Za-z]+:[/\\]*[^/\\?#]*')
$$;
comment on function server_of is 'The beginning of an address, up to its host and port.';

create or replace function record_row_act() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  secret constant text[] := '{secret_hash,secret_name,token,password,access_token,refresh_token,id_token,secret,backup_codes,public_key,
                              credential_id,sealed_link,sealed_secret}';
  private constant text[] := '{email,contact_email,contact_phone,address,ip_address,user_agent,recipient,image}'::text[]
    || case when tg_table_name = 'person' then array['name'] else '{}' end;
  was jsonb := case when tg_op = 'INSERT' then '{}' else to_jsonb(old) - secret end;
  became jsonb := case when tg_op = 'DELETE' then '{}' else to_jsonb(new) - secret end;
  full_row jsonb := was || became;
  everything jsonb := case when tg_op = 'UPDATE' then to_jsonb(new) else '{}' end;
  actor jsonb := coalesce(nullif(current_setting('assent.actor', true), ''), '{}')::jsonb;
  changed jsonb;
  own_verb text;
  verb text;
  companies text[];
  person text;
begin
  select coalesce(jsonb_object_agg(key, value), '{}') into changed
    from jsonb_each(case when tg_op = 'DELETE' then was else became end) e
   where tg_op <> 'UPDATE' or was -> e.key is distinct from e.value;
  if tg_table_name = 'webhook' and changed ? 'url' then
    changed := changed || jsonb_build_object('url', server_of(changed ->> 'url'));
  end if;

  if tg_op = 'UPDATE' then
    -- Also of a secret column: that it changed is told, what it is never.
    for i in 0 .. tg_nargs - 1 loop
      if everything -> split_part(tg_argv[i], '=', 1) is distinct from to_jsonb(old) -> split_part(tg_argv[i], '=', 1) then
        own_verb := split_part(tg_argv[i], '=', 2);
        exit;
      end if;
    end loop;
    if own_verb is null and changed - 'updated_at' = '{}' then
      return null;
    end if;
  end if;

  person := case
    when tg_table_name = 'person' then full_row ->> 'id'
    when tg_table_name in ('session', 'sign_in_method', 'two_factor', 'passkey') then full_row ->> 'person_id' end;
  companies := case
    when tg_table_name = 'company' then array[full_row ->> 'id']
    when tg_table_name = 'partnership' then array[full_row ->> 'customer_id', full_row ->> 'partner_id']
    when tg_table_name in ('consent', 'administrator_grant') then
      (select array[p.customer_id, p.partner_id] from partnership p where p.id = full_row ->> 'partnership_id')
    when tg_table_name = 'api_key_organization' then
      (select array[k.company_id] from api_key k where k.id = full_row ->> 'key_id')
    when tg_table_name = 'installation_setting' then (select array[c.id] from company c where c.kind = 'vendor')
    when person is not null then
      coalesce((select array[m.company_id] from member m where m.person_id = person),
               case when actor ? 'company' then array[actor ->> 'company'] else '{}' end)
    else array[full_row ->> 'company_id'] end;
  if companies is null then
    return null; -- the row went with its owner, whose own end is recorded
  end if;

  verb := case
    when own_verb is not null then own_verb
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
  if person is not null and coalesce(current_setting('assent.actor', true), '') = '' then
    perform set_config('assent.actor', (jsonb_build_object('kind', 'person', 'id', person)
      || case when cardinality(companies) = 1 then jsonb_build_object('company', companies[1]) else '{}' end)::text, true);
  end if;

  perform record_act(
    verb, companies,
    jsonb_build_object('kind', replace(tg_table_name, 'api_key', 'key'), 'id', coalesce(full_row ->> 'id', full_row ->> 'key_id')),
    changed - private,
    coalesce((select jsonb_object_agg(key, value) from jsonb_each(changed) e where e.key = any (private)), '{}'));
  return null;
end $$;
