-- What keeps an account safe: second factors, passkeys, sessions that say how they began, and who must have a second factor.

alter table person add column two_factor_enabled boolean not null default false;
comment on column person.two_factor_enabled is 'Whether signing in asks for a code of an authenticator app as well.';

alter table company add column if not exists requires_two_factor boolean not null default false;
comment on column company.requires_two_factor is 'Whether its members may do nothing but set a second factor up until they have one.';

alter table session
  add column method text not null default 'password' check (method in ('password', 'passkey')),
  add column confirmed_at timestamptz not null default statement_timestamp();
comment on column session.method is 'How it began. A passkey is two factors: something held, and the finger, face or number that unlocks it.';
comment on column session.confirmed_at is 'When its person last proved to be there: what is dangerous asks for that again.';

create table two_factor (
  id                        text primary key,
  person_id                 text not null unique references person on delete cascade,
  secret                    text not null,
  backup_codes              text not null,
  verified                  boolean not null default true,
  failed_verification_count integer not null default 0,
  locked_until              timestamptz
);
comment on table two_factor is 'The accounts library''s model twoFactor. Its secret and its recovery codes are encrypted under the server''s secret.';

create table passkey (
  id            text primary key,
  person_id     text not null references person on delete cascade,
  name          text,
  public_key    text not null,
  credential_id text not null unique,
  counter       bigint not null,
  device_type   text not null,
  backed_up     boolean not null,
  transports    text,
  aaguid        text,
  created_at    timestamptz not null default statement_timestamp()
);
comment on table passkey is 'The accounts library''s model passkey.';
create index passkey_person on passkey (person_id);

create table sign_in_place (
  person_id text not null references person on delete cascade,
  network   text not null,
  agent     text not null,
  last_at   timestamptz not null default statement_timestamp(),
  primary key (person_id, network, agent)
);
comment on table sign_in_place is 'From where a person has signed in: another place is told by mail.';

create constraint trigger two_factor_act after insert or update or delete on two_factor deferrable initially deferred
  for each row execute function record_row_act('verified=two_factor.confirmed', 'backup_codes=two_factor.recovery_codes_changed');
create constraint trigger passkey_act after insert or update or delete on passkey deferrable initially deferred
  for each row execute function record_row_act('counter=passkey.used');
drop trigger session_act on session;
create constraint trigger session_act after insert or update or delete on session deferrable initially deferred
  for each row execute function record_row_act('confirmed_at=session.confirmed');
