-- What waits for a webhook is counted, so that it is bounded.

alter table webhook drop constraint webhook_disabled_reason_check;
alter table webhook add check (disabled_reason in ('by hand', 'failing', 'gone', 'overflowing'));
comment on column webhook.disabled_reason is 'gone: the receiver answered 410; overflowing: more waited for it than may.';

alter table webhook_queue add column waiting integer not null default 0;
comment on column webhook_queue.waiting is 'Deliveries that wait. Kept by triggers.';
comment on table webhook_queue is
  'When a webhook has something to send next, and who sends. Apart from webhook so that it makes no act. Whoever changes a webhook, or what waits for it, locks its row first, of several in the order of their ids.';
update webhook_queue q
   set waiting = (select count(*) from webhook_delivery d where d.webhook_id = q.webhook_id and d.state = 'waiting');

create index webhook_delivery_due_coverage on webhook_delivery (webhook_id, next_attempt_at)
 where next_attempt_at is not null and kind like 'coverage.%';

create function waiting_added() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update webhook_queue q
     set waiting = q.waiting + x.count
    from (select n.webhook_id, count(*) as count from newer n where n.state = 'waiting' group by n.webhook_id) x
   where q.webhook_id = x.webhook_id;
  return null;
end $$;
create function waiting_changed() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update webhook_queue q
     set waiting = q.waiting + x.count
    from (select y.webhook_id, sum(y.count) as count
            from (select n.webhook_id, 1 as count from newer n where n.state = 'waiting'
                   union all
                  select o.webhook_id, -1 from older o where o.state = 'waiting') y
           group by y.webhook_id) x
   where q.webhook_id = x.webhook_id and x.count <> 0;
  return null;
end $$;
create function waiting_gone() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update webhook_queue q
     set waiting = q.waiting - x.count
    from (select o.webhook_id, count(*) as count from older o where o.state = 'waiting' group by o.webhook_id) x
   where q.webhook_id = x.webhook_id;
  return null;
end $$;
create trigger webhook_delivery_added after insert on webhook_delivery referencing new table as newer
  for each statement execute function waiting_added();
create trigger webhook_delivery_changed after update on webhook_delivery referencing old table as older new table as newer
  for each statement execute function waiting_changed();
create trigger webhook_delivery_gone after delete on webhook_delivery referencing old table as older
  for each statement execute function waiting_gone();

create or replace function told_goes() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from webhook_queue q
    where q.webhook_id in (select d.webhook_id from webhook_delivery d where d.organization_id = old.id
                            union
                           select t.webhook_id from webhook_told t where t.organization_id = old.id)
    order by q.webhook_id for update;
  delete from webhook_told t where t.organization_id = old.id;
  delete from webhook_delivery d where d.organization_id = old.id;
  return null;
end $$;
