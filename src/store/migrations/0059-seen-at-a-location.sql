-- Whoever asks for locations hears of an alarm that was there until it is over, and of a device that was there that it leaves: also where that is elsewhere by then.
create table webhook_seen_there (
  organization_id text not null references company on delete cascade,
  subject_id      text not null,
  webhook_id      text not null references webhook on delete cascade,
  accepted_at     timestamptz not null,
  primary key (organization_id, subject_id, webhook_id)
);
comment on table webhook_seen_there is 'What a webhook has seen at its locations: devices, and alarms that are not over.';
comment on column webhook_seen_there.accepted_at is 'When what showed it there was accepted: it counts where the webhook has heard the organization since without a break.';
create index webhook_seen_there_webhook on webhook_seen_there (webhook_id);
