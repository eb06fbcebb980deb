-- Single sign-on: a company's own sign-in provider (OpenID Connect).

create table sign_in_provider (
  id               text primary key default gen_random_uuid()::text,
  company_id       text not null unique references company on delete cascade,
  name             text not null unique check (length(name) between 3 and 40 and name ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  issuer           text not null check (length(issuer) <= 500),
  client_id        text not null check (length(client_id) <= 500),
  sealed_secret    bytea not null,
  secret_name      text not null,
  enabled          boolean not null,
  required         boolean not null,
  exempt_member_id text references member on delete set null,
  two_factors      boolean not null,
  created_at       timestamptz not null default statement_timestamp()
);
comment on table sign_in_provider is 'Where the members of a company may sign in, and where they must if it is required.';
comment on column sign_in_provider.name is 'What its people type to come to it. Public: whoever guesses it learns that there is such a company.';
comment on column sign_in_provider.sealed_secret is 'The client''s secret, encrypted under the server''s secret.';
comment on column sign_in_provider.exempt_member_id is
  'The administrator who may sign in otherwise where it is required. Where that is none any more, every administrator may.';
comment on column sign_in_provider.two_factors is 'Whether a sign-in there counts as two factors, as the company''s administrator has decided.';

create constraint trigger sign_in_provider_act after insert or update or delete on sign_in_provider deferrable initially deferred
  for each row execute function record_row_act('sealed_secret=sign_in_provider.secret_changed');

alter table session drop constraint session_method_check;
alter table session add constraint session_method_check check (method in ('password', 'passkey', 'provider'));
comment on column session.method is
  'How it began. A passkey is two factors: something held, and the finger, face or number that unlocks it. `provider`: at the company''s own.';

create view company_sign_in as
select company_id, name, issuer, client_id, enabled, required, exempt_member_id, two_factors, created_at from sign_in_provider;
comment on view company_sign_in is 'What requests may read of sign-in providers: all but the secret.';
grant select on company_sign_in to assent_request;
