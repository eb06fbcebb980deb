-- A company of which something keeps the changes of coverage from being told is tried less and less often.
alter table coverage_head add column failed integer not null default 0, add column next_at timestamptz;
comment on column coverage_head.failed is 'How often in a row its changes could not be told.';
comment on column coverage_head.next_at is 'When that is tried again; null: whenever there are changes.';

comment on column webhook.severities is
  'Alarms that have had one of these since they became active, to their end; null: any. Organizations and locations narrow it likewise, to devices there.';
