-- Receipts of what happens to consents, and reminders before their dates.

create table consent_receipt (
  id           text primary key default gen_random_uuid()::text,
  consent_id   text not null references consent on delete cascade,
  customer_id  text not null references company on delete cascade,
  partner_id   text not null references company on delete cascade,
  event        text not null check (event in ('given', 'changed', 'withdrawn', 'expired')),
  made_at      timestamptz not null default statement_timestamp(),
  person_id    text references person on delete set null,
  inventory    boolean not null,
  alarms       boolean not null,
  sensors      boolean not null,
  ends_at      timestamptz,
  text_version text,
  act          bigint,
  head         jsonb
);
comment on table consent_receipt is 'What became of a consent, for both sides to keep: made in the transaction that it tells of.';
comment on column consent_receipt.partner_id is 'The partner company''s id (company.id), not its Partner ID.';
comment on column consent_receipt.person_id is 'Who did it; null: its date, the vendor, or a person who was erased.';
comment on column consent_receipt.act is 'The act that the record has of it. Null, as head, only before the acts of its transaction are written.';
comment on column consent_receipt.head is 'The signed head of the record, with this act in it.';
create index consent_receipt_customer on consent_receipt (customer_id, made_at);
create index consent_receipt_partner on consent_receipt (partner_id, made_at);
create index consent_receipt_consent on consent_receipt (consent_id);

create table consent_reminder (
  consent_id text not null references consent on delete cascade,
  ends_at    timestamptz not null,
  days       integer not null,
  sent_at    timestamptz not null default statement_timestamp(),
  primary key (consent_id, ends_at, days)
);
comment on table consent_reminder is 'That both sides were told so many days before a date of a consent. Another date is told of anew.';

grant select, insert, update on consent_receipt to assent_request;
