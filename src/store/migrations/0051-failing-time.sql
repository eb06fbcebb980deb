-- A webhook fails until an attempt succeeds, also where nothing waits for it meanwhile: of that the time in which it was tried counts.
alter table webhook_queue add column failed_ms bigint not null default 0, add column failed_at timestamptz;
comment on column webhook_queue.failed_ms is 'How long it has failed while something waited for it, up to failed_at.';
comment on column webhook_queue.failed_at is 'Its last failing attempt; null: nothing waits for it since, or it could not be tried.';
update webhook_queue
   set failed_ms = extract(epoch from statement_timestamp() - failing_since) * 1000, failed_at = statement_timestamp()
 where failing_since is not null;
