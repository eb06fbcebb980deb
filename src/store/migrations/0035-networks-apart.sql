-- From which networks a key is accepted may tell where somebody is: an act says how many there are, and keeps them beside the chain, where they can be erased.

create or replace function record_act(verb text, companies text[], subject jsonb, details jsonb, personal jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  actor jsonb := coalesce(nullif(current_setting('assent.actor', true), ''), '{"kind": "system"}')::jsonb;
  moment timestamptz;
  salt text := gen_random_uuid()::text;
  networks jsonb := case when jsonb_typeof(details -> 'networks') = 'array' then details -> 'networks' end;
  people text := (personal
    || case when networks is null then '{}' else jsonb_build_object('networks', networks) end
    || case when actor ? 'address' then jsonb_build_object('from', actor -> 'address') else '{}' end)::text;
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
    'details', details || case when networks is null then '{}' else jsonb_build_object('networks', jsonb_array_length(networks)) end,
    'personal', encode(sha256(convert_to(salt || people, 'UTF8')), 'hex'))::text;
  insert into act (seq, at, verb, record, previous, digest)
  values (head.seq + 1, moment, verb, body, head.digest, sha256(head.digest || convert_to(body, 'UTF8')));
  insert into act_personal (seq, salt, data) values (head.seq + 1, salt, people);
  update act_head set seq = head.seq + 1, digest = sha256(head.digest || convert_to(body, 'UTF8'));
end $$;
