-- What a device or location is called is device data. It lies beside the act that changed it, so that the record, which the vendor reads and a visit
-- shows, has the id alone, and the coverage says who reads the label (I1).

create table act_label (
  seq             bigint primary key references act,
  organization_id text not null references company on delete cascade,
  label           text not null
);
comment on table act_label is
  'What a device or location was called when people changed it: for their own company''s eyes, while the act says which it was by its id.';
create index act_label_organization on act_label (organization_id);

create view covered_act_label as
select c.caller, x.organization_id, x.seq, x.label
  from coverage c
  join valid_member m on m.id = c.caller and m.company_id = c.organization_id
  join act_label x on x.organization_id = c.organization_id
 where c.inventory;
comment on view covered_act_label is 'For the customer''s own members: its record of acts is shared with no partner.';
grant select on covered_act_label to assent_request;

create function record_site_act(verb text, organization text, subject jsonb, details jsonb, label text) returns void
language plpgsql set search_path = public, pg_temp as $$
begin
  perform record_act(verb, array[organization], subject, details, '{}');
  insert into act_label (seq, organization_id, label) select h.seq, organization, label from act_head h where label is not null;
end $$;
revoke execute on function record_site_act(text, text, jsonb, jsonb, text) from public;
