-- A partner asks a customer for consent: by mail, at most once a week.

create table consent_request (
  id             text primary key default gen_random_uuid()::text,
  partnership_id text not null references partnership on delete cascade,
  asked_by       text references person on delete set null,
  asked_at       timestamptz not null default statement_timestamp()
);
comment on table consent_request is 'That a partner asked its customer to consent. Whether it may again is read from the newest one, with the partnership locked.';
create index consent_request_partnership on consent_request (partnership_id, asked_at);

-- It concerns both: the customer, who is asked, and the partner.
create function record_consent_request() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform record_act(
    'consent.requested', (select array[p.customer_id, p.partner_id] from partnership p where p.id = new.partnership_id),
    jsonb_build_object('kind', 'consent_request', 'id', new.id), jsonb_build_object('partnership_id', new.partnership_id), '{}');
  return null;
end $$;
create constraint trigger consent_request_act after insert on consent_request deferrable initially deferred
  for each row execute function record_consent_request();

grant select, insert on consent_request to assent_request;
