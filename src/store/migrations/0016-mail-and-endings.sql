-- Mails that are tried again, and companies that are closed.

-- Of all that happens to a mail this alone is an act of somebody. It concerns the vendor, who does it.
create function record_mail_retry() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform record_act(
    'mail.retried', array(select id from company where kind = 'vendor'), jsonb_build_object('kind', 'mail', 'id', new.id),
    jsonb_build_object('message', new.message), jsonb_build_object('recipient', new.recipient));
  return null;
end $$;
create constraint trigger mail_act after update on mail deferrable initially deferred
  for each row when (old.next_attempt_at is null and new.next_attempt_at is not null) execute function record_mail_retry();

alter table company add column closed_at timestamptz;
alter table company add check (closed_at is null or suspended_at is not null);
comment on column company.closed_at is
  'When it was closed, which suspends it as well. After 30 days its data and its people go; until then the vendor may take it back.';

drop trigger company_act on company;
create constraint trigger company_act after insert or delete on company deferrable initially deferred
  for each row execute function record_row_act();
create constraint trigger company_changed_act after update on company deferrable initially deferred
  for each row when (old.closed_at is not distinct from new.closed_at) execute function record_row_act();
create constraint trigger company_closed_act after update on company deferrable initially deferred
  for each row when (old.closed_at is null and new.closed_at is not null) execute function record_row_act('closed_at=company.closed');
create constraint trigger company_reopened_act after update on company deferrable initially deferred
  for each row when (old.closed_at is not null and new.closed_at is null) execute function record_row_act('closed_at=company.reopened');
