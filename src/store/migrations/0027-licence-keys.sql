-- Licence keys: a period of a paid subscription, to be redeemed once by whoever is given one.

create table licence_key (
  id              text primary key,
  secret_hash     bytea not null,
  secret_name     text not null,
  days            integer not null check (days between 1 and 3660),
  note            text check (length(note) between 1 and 200),
  created_at      timestamptz not null default statement_timestamp(),
  created_by      text references person on delete set null,
  redeemed_at     timestamptz,
  company_id      text references company on delete cascade,
  subscription_id text references subscription on delete cascade,
  withdrawn_at    timestamptz,
  check ((redeemed_at is null) = (company_id is null) and (redeemed_at is null) = (subscription_id is null)),
  check (redeemed_at is null or withdrawn_at is null)
);
comment on table licence_key is 'Its holder adds so many days to a customer''s subscription, once.';
comment on column licence_key.note is 'For the vendor: whom it is meant for, an order''s number.';
comment on column licence_key.company_id is 'The customer whose subscription it has added to.';
create index licence_key_created on licence_key (created_at);

-- Made and withdrawn by the vendor, it concerns the vendor; redeemed, the customer.
create function record_licence_key() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform record_act(
    case when tg_op = 'INSERT' then 'licence_key.created'
         when new.redeemed_at is not null then 'licence_key.redeemed' else 'licence_key.withdrawn' end,
    case when new.company_id is null then array(select id from company where kind = 'vendor') else array[new.company_id] end,
    jsonb_build_object('kind', 'licence_key', 'id', new.id),
    jsonb_strip_nulls(jsonb_build_object('days', new.days, 'note', case when new.company_id is null then new.note end,
                                         'subscription_id', new.subscription_id)),
    '{}');
  return null;
end $$;
create constraint trigger licence_key_act after insert on licence_key deferrable initially deferred
  for each row execute function record_licence_key();
create constraint trigger licence_key_used_act after update on licence_key deferrable initially deferred
  for each row when (old.redeemed_at is null and new.redeemed_at is not null or old.withdrawn_at is null and new.withdrawn_at is not null)
  execute function record_licence_key();

grant select, insert, update on licence_key to assent_request;
