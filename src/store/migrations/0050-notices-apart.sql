-- What tells of coverage is sent beside a webhook's other events, by whoever claims it: no attempt that its receiver leaves without an answer holds up
-- the notice of a withdrawal.
alter table webhook_queue add column notices_at timestamptz, add column notices_claimed_until timestamptz;
comment on column webhook_queue.next_at is 'When the next of its events is due, but for those of coverage.';
comment on column webhook_queue.notices_at is 'The same for events of coverage.';
comment on column webhook_queue.claimed_until is 'A process sends events but those of coverage until then; one that ended leaves the rest to others.';
comment on column webhook_queue.notices_claimed_until is 'The same for events of coverage.';
create index webhook_queue_notices_due on webhook_queue (notices_at) where notices_at is not null;
update webhook_queue q
   set notices_at = (select min(d.next_attempt_at)
                       from webhook_delivery d
                      where d.webhook_id = q.webhook_id and d.next_attempt_at is not null and d.kind like 'coverage.%');
