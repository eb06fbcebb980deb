-- Companies, the people who sign in for them, and what those people hold.

create table company (
  id           text primary key default gen_random_uuid()::text,
  kind         text not null check (kind in ('vendor', 'partner', 'customer', 'demo')),
  name         text not null check (length(name) between 1 and 200),
  partner_id   text unique check (partner_id ~ '^[A-Z0-9_]{1,64}$'),
  address      text check (length(address) <= 500),
  contact_email text check (length(contact_email) <= 254),
  contact_phone text check (length(contact_phone) <= 40),
  trial_used_at timestamptz,
  suspended_at timestamptz,
  created_at   timestamptz not null default statement_timestamp(),
  check ((kind = 'partner') = (partner_id is not null))
);
comment on table company is 'Whoever signs in. A customer''s id is its organization''s id in the device-data API.';
comment on column company.partner_id is 'What a customer types to connect to this partner: made of the name (contract, section 7).';
comment on column company.trial_used_at is 'When the one trial of this company began; null while it has had none.';
create unique index company_vendor on company (kind) where kind = 'vendor';
create unique index company_demo on company (kind) where kind = 'demo';

create table person (
  id             text primary key,
  name           text not null,
  email          text not null unique,
  email_verified boolean not null default false,
  image          text,
  created_at     timestamptz not null default statement_timestamp(),
  updated_at     timestamptz not null default statement_timestamp()
);
comment on table person is 'Written by the accounts library (its model user) and by set-up links.';

create table session (
  id         text primary key,
  token      text not null unique,
  person_id  text not null references person on delete cascade,
  ip_address text,
  user_agent text,
  expires_at timestamptz not null,
  created_at timestamptz not null default statement_timestamp(),
  updated_at timestamptz not null default statement_timestamp()
);
comment on column session.token is 'A digest: the cookie''s token is never stored.';
create index session_person on session (person_id);

create table sign_in_method (
  id                       text primary key,
  person_id                text not null references person on delete cascade,
  account_id               text not null,
  provider_id              text not null,
  access_token             text,
  refresh_token            text,
  id_token                 text,
  access_token_expires_at  timestamptz,
  refresh_token_expires_at timestamptz,
  scope                    text,
  password                 text,
  created_at               timestamptz not null default statement_timestamp(),
  updated_at               timestamptz not null default statement_timestamp(),
  unique (provider_id, account_id)
);
comment on table sign_in_method is 'The accounts library''s model account. Its password column holds scrypt hashes.';
create index sign_in_method_person on sign_in_method (person_id);

create table verification (
  id         text primary key,
  identifier text not null,
  value      text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default statement_timestamp(),
  updated_at timestamptz not null default statement_timestamp()
);
create index verification_identifier on verification (identifier);

create table member (
  id         text primary key default gen_random_uuid()::text,
  company_id text not null references company on delete cascade,
  person_id  text not null unique references person on delete cascade,
  role       text not null check (role in ('administrator', 'operator', 'editor', 'viewer')),
  created_at timestamptz not null default statement_timestamp()
);
comment on table member is 'One person belongs to one company.';
create index member_company on member (company_id);

create table access_token (
  id          text primary key,
  company_id  text not null references company on delete cascade,
  member_id   text references member on delete cascade,
  name        text not null check (length(name) between 1 and 100),
  role        text not null check (role in ('administrator', 'operator', 'editor', 'viewer')),
  secret_hash bytea not null,
  secret_name text not null,
  expires_at  timestamptz not null,
  created_at  timestamptz not null default statement_timestamp()
);
comment on table access_token is 'Of a program that uses the management API. It may do what its role may, and never more than its maker may now.';
comment on column access_token.member_id is 'Its maker; null: the installation''s own command line.';
comment on column access_token.secret_name is 'Which of the server''s secrets keyed the hash.';
create index access_token_member on access_token (member_id);
create index access_token_company on access_token (company_id);

create table setup_link (
  id          text primary key,
  company_id  text not null references company on delete cascade,
  role        text not null check (role in ('administrator', 'operator', 'editor', 'viewer')),
  email       text,
  secret_hash bytea not null,
  secret_name text not null,
  expires_at  timestamptz not null,
  used_at     timestamptz,
  created_at  timestamptz not null default statement_timestamp()
);
comment on table setup_link is 'A link that lets one person make an account in a company, once.';
comment on column setup_link.email is 'The only address that may use it; null where the person names the address (the vendor''s first account).';
create index setup_link_company on setup_link (company_id);

create table server_secret (
  name        text primary key,
  fingerprint bytea not null,
  created_at  timestamptz not null default statement_timestamp()
);
comment on table server_secret is 'Fingerprints of the secrets that key hashes here: a start with a wrong secret is refused before it can do harm.';
