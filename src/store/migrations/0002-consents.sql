-- What makes a customer valid for a partner: a subscription that holds the present, and a consent.

create table subscription (
  id            text primary key default gen_random_uuid()::text,
  company_id    text not null references company on delete cascade,
  kind          text not null check (kind in ('paid', 'trial')),
  starts_at     timestamptz not null,
  ends_at       timestamptz not null,
  canceled_at   timestamptz,
  terminated_at timestamptz,
  created_at    timestamptz not null default statement_timestamp(),
  check (starts_at <= ends_at),
  constraint subscription_periods_overlap exclude using gist (
    int8range(hashtextextended(company_id, 0), hashtextextended(company_id, 0), '[]') with &&,
    tstzrange(starts_at, ends_at) with &&)
);
comment on table subscription is 'A period [starts_at, ends_at). Time alone ends it.';
comment on constraint subscription_periods_overlap on subscription is
  'Periods of one company never overlap. The range around a hash stands for equality, which GiST lacks without an extension.';
comment on column subscription.canceled_at is 'No renewal: valid to the end, and cannot be extended.';
comment on column subscription.terminated_at is 'Ended at once by the vendor: ends_at was set to that moment.';
create index subscription_company on subscription (company_id, starts_at desc);

create table partnership (
  id           text primary key default gen_random_uuid()::text,
  customer_id  text not null references company on delete cascade,
  partner_id   text not null references company on delete cascade,
  connected_at timestamptz not null default statement_timestamp(),
  ended_at     timestamptz
);
comment on column partnership.partner_id is 'The partner company''s id (company.id), not its Partner ID.';
create unique index partnership_open on partnership (customer_id, partner_id) where ended_at is null;
create index partnership_partner on partnership (partner_id, customer_id) where ended_at is null;

create table consent (
  id             text primary key default gen_random_uuid()::text,
  partnership_id text not null references partnership on delete cascade,
  inventory      boolean not null default true,
  alarms         boolean not null default true,
  sensors        boolean not null default true,
  given_at       timestamptz not null default statement_timestamp(),
  given_by       text references person on delete set null,
  withdrawn_at   timestamptz,
  check (inventory or alarms or sensors)
);
comment on table consent is 'Belongs to one partnership. Withdrawn is for good: giving again makes a new one.';
create unique index consent_open on consent (partnership_id) where withdrawn_at is null;

create table api_key (
  id          text primary key,
  company_id  text not null references company on delete cascade,
  kind        text not null check (kind in ('demo', 'all', 'specific', 'own')),
  name        text not null check (length(name) between 1 and 100),
  secret_hash bytea not null,
  secret_name text not null,
  enabled     boolean not null default true,
  expires_at  timestamptz,
  created_at  timestamptz not null default statement_timestamp(),
  created_by  text references person on delete set null
);
comment on table api_key is 'A key of the device-data API. Deleting the row is deleting the key.';
create index api_key_company on api_key (company_id);

create table api_key_organization (
  key_id          text not null references api_key on delete cascade,
  organization_id text not null references company on delete cascade,
  primary key (key_id, organization_id)
);
comment on table api_key_organization is 'The set of a key for specific customers.';

create table api_key_use (
  key_id  text primary key references api_key on delete cascade,
  used_at timestamptz not null,
  address text
);
comment on table api_key_use is 'Last use, written at most every 10 s for all keys together; apart from api_key so that it makes no act.';

create table gateway (
  id          text primary key,
  company_id  text not null references company on delete cascade,
  name        text not null check (length(name) between 1 and 100),
  secret_hash bytea not null,
  secret_name text not null,
  created_at  timestamptz not null default statement_timestamp(),
  removed_at  timestamptz
);
comment on table gateway is 'Software at the customer''s site. Removing it ends its token; what it reported stays until a person removes it.';
create index gateway_company on gateway (company_id);

create table gateway_contact (
  gateway_id text primary key references gateway on delete cascade,
  contact_at timestamptz not null,
  version    text,
  address    text
);
