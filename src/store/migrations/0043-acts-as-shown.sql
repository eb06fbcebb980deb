-- Acts on devices and locations of versions before 0039 have the label in their record, which the chain's digests cover. It stays there, so that the
-- record verifies; what is shown of such an act is what is listed here alone, but to whom the coverage shows the organization's inventory (I1).

create view shown_act as
select a.seq, a.at, a.verb collate "C" as verb, a.previous, a.digest,
       a.record::jsonb -> 'companies' as companies,
       a.record::jsonb #>> '{companies,0}' as company_id,
       a.record::jsonb #>> '{companies,1}' as other_company_id,
       a.record::jsonb #>> '{actor,kind}' as actor_kind,
       a.record::jsonb #>> '{actor,id}' as actor_id,
       a.record::jsonb #>> '{actor,company}' as actor_company_id,
       a.record::jsonb #>> '{subject,kind}' as subject_kind,
       a.record::jsonb #>> '{subject,id}' as subject_id,
       coalesce(a.record::jsonb #>> '{subject,kind}' in ('device', 'location') and (a.record::jsonb -> 'details') - 'changed' <> '{}', false) as withheld,
       case when a.record::jsonb #>> '{subject,kind}' in ('device', 'location') and (a.record::jsonb -> 'details') - 'changed' <> '{}'
            then (a.record::jsonb || jsonb_build_object('details', jsonb_strip_nulls(jsonb_build_object('changed', a.record::jsonb #> '{details,changed}'))))::text
            else a.record end as record
  from act a;
comment on view shown_act is 'The record as anybody who sees an act may read it. Of what was done with devices and locations: which it was and what of it changed, by name alone.';
comment on column shown_act.withheld is 'Whether the record says more, so that this one does not make the digest.';

create view covered_act as
select c.caller, c.organization_id, a.seq, a.record
  from coverage c
  join valid_member m on m.id = c.caller and m.company_id = c.organization_id
  join act a on a.record::jsonb #>> '{companies,0}' = c.organization_id
 where c.inventory;
comment on view covered_act is 'Acts as they were recorded, for the customer''s own members: its record of acts is shared with no partner.';

-- An act concerns one company or two (a partnership, a visit): the view has them all, and so have the indexes that companies' acts are found by.
alter table act add constraint act_companies_check check (record::jsonb #> '{companies,2}' is null);

revoke select on act from assent_request;
grant select on shown_act, covered_act to assent_request;
