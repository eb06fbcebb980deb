-- Invitations of co-workers.

create table invitation (
  id          text primary key default gen_random_uuid()::text,
  company_id  text not null references company on delete cascade,
  email       text not null check (length(email) <= 254),
  role        text not null default 'viewer' check (role in ('administrator', 'operator', 'editor', 'viewer')),
  inviter_id  text references person on delete set null,
  link_id     text unique,
  secret_hash bytea,
  secret_name text,
  links_made  integer not null default 0,
  expires_at  timestamptz not null,
  approved_at timestamptz,
  accepted_at timestamptz,
  revoked_at  timestamptz,
  created_at  timestamptz not null default statement_timestamp(),
  check ((link_id is null) = (secret_hash is null) and (link_id is null) = (secret_name is null)),
  check (accepted_at is null or revoked_at is null)
);
comment on table invitation is 'That the person of one address may join a company, once. It is open until it is accepted or revoked, also when it has expired.';
comment on column invitation.inviter_id is 'The person, who may have left the company meanwhile; null: a token of the installation, or a person who was erased.';
comment on column invitation.link_id is 'The look-up of the one link that is good now; null while an administrator''s approval is awaited.';
comment on column invitation.links_made is 'How many links were mailed: the first, and one each time that it was sent again.';
comment on column invitation.expires_at is 'The first moment at which its link, or the wait for approval, is over.';
create unique index invitation_open on invitation (company_id, email) where accepted_at is null and revoked_at is null;
create index invitation_inviter on invitation (inviter_id, created_at);

create constraint trigger invitation_act after insert or update or delete on invitation deferrable initially deferred
  for each row execute function record_row_act(
    'accepted_at=invitation.accepted', 'revoked_at=invitation.revoked', 'approved_at=invitation.approved', 'secret_hash=invitation.resent');

grant select, insert, update, delete on invitation to assent_request;
