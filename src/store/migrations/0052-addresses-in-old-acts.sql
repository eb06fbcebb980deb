-- Acts on webhooks of versions before 0047 have the whole address in their record, which the chain's digests cover. What stands behind the server in it
-- often opens the receiver, so it is shown to nobody, as what devices are called in acts of versions before 0039 is not: whoever may see webhooks
-- sees the present address with them.

create or replace view shown_act as
select a.seq, a.at, a.verb collate "C" as verb, a.previous, a.digest,
       a.record::jsonb -> 'companies' as companies,
       a.record::jsonb #>> '{companies,0}' as company_id,
       a.record::jsonb #>> '{companies,1}' as other_company_id,
       a.record::jsonb #>> '{actor,kind}' as actor_kind,
       a.record::jsonb #>> '{actor,id}' as actor_id,
       a.record::jsonb #>> '{actor,company}' as actor_company_id,
       a.record::jsonb #>> '{subject,kind}' as subject_kind,
       a.record::jsonb #>> '{subject,id}' as subject_id,
       coalesce(case a.record::jsonb #>> '{subject,kind}'
                  when 'device' then (a.record::jsonb -> 'details') - 'changed' <> '{}'
                  when 'location' then (a.record::jsonb -> 'details') - 'changed' <> '{}'
                  when 'webhook' then a.record::jsonb #>> '{details,url}' <> server_of(a.record::jsonb #>> '{details,url}') end, false) as withheld,
       case when a.record::jsonb #>> '{subject,kind}' in ('device', 'location') and (a.record::jsonb -> 'details') - 'changed' <> '{}'
            then (a.record::jsonb || jsonb_build_object('details', jsonb_strip_nulls(jsonb_build_object('changed', a.record::jsonb #> '{details,changed}'))))::text
            when a.record::jsonb #>> '{subject,kind}' = 'webhook' and a.record::jsonb #>> '{details,url}' <> server_of(a.record::jsonb #>> '{details,url}')
            then jsonb_set(a.record::jsonb, '{details,url}', to_jsonb(server_of(a.record::jsonb #>> '{details,url}')))::text
            else a.record end as record
  from act a;
comment on view shown_act is
  'The record as anybody who sees an act may read it. Of what was done with devices and locations: which it was and what of it changed, by name alone; of a webhook''s address: the server.';

create or replace view covered_act as
select c.caller, c.organization_id, a.seq, a.record
  from coverage c
  join valid_member m on m.id = c.caller and m.company_id = c.organization_id
  join act a on a.record::jsonb #>> '{companies,0}' = c.organization_id
 where c.inventory and a.record::jsonb #>> '{subject,kind}' in ('device', 'location');
comment on view covered_act is
  'Acts on devices and locations as they were recorded, for the customer''s own members: its record of acts is shared with no partner.';
