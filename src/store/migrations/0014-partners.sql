-- A partner invites a customer; a customer lets a partner administer for it.

alter table company add column requires_two_factor boolean not null default false;
comment on column company.requires_two_factor is 'Whether its members may do nothing but set a second factor up until they have one.';

create table customer_invitation (
  id                text primary key default gen_random_uuid()::text,
  company_id        text not null references company on delete cascade,
  organization_name text not null check (length(organization_name) between 1 and 200),
  address           text check (length(address) <= 500),
  email             text not null check (length(email) <= 254),
  invited_by        text references person on delete set null,
  link_id           text not null unique,
  secret_hash       bytea not null,
  secret_name       text not null,
  sent_at           timestamptz not null default statement_timestamp(),
  expires_at        timestamptz not null,
  created_at        timestamptz not null default statement_timestamp(),
  accepted_at       timestamptz,
  revoked_at        timestamptz,
  customer_id       text references company on delete set null,
  check (accepted_at is null or revoked_at is null),
  check (customer_id is null or accepted_at is not null)
);
comment on table customer_invitation is 'A partner asks an organization to become its customer. Its link works once, for whoever reads mail at its address.';
comment on column customer_invitation.company_id is 'The partner that invites.';
comment on column customer_invitation.address is 'Where the organization is, for the company to be made.';
comment on column customer_invitation.email is 'Where the link is sent, and the only address that may use it.';
comment on column customer_invitation.link_id is 'The id part of the newest link: an older one finds nothing.';
comment on column customer_invitation.customer_id is 'The company that was made.';
create index customer_invitation_company on customer_invitation (company_id, created_at);
create unique index customer_invitation_open on customer_invitation (company_id, email) where accepted_at is null and revoked_at is null;

create table administrator_grant (
  id             text primary key default gen_random_uuid()::text,
  partnership_id text not null references partnership on delete cascade,
  granted_by     text references person on delete set null,
  granted_at     timestamptz not null default statement_timestamp(),
  ended_at       timestamptz
);
comment on table administrator_grant is 'A customer lets its partner''s administrators act for it. Apart from consent, which alone opens device data.';
create unique index administrator_grant_open on administrator_grant (partnership_id) where ended_at is null;

create view administered_customer as
select p.partner_id as partner_company_id, p.customer_id, p.id as partnership_id, g.id as grant_id
  from administrator_grant g
  join partnership p on p.id = g.partnership_id and p.ended_at is null
  join company o on o.id = p.customer_id and o.suspended_at is null
  join company q on q.id = p.partner_id and q.suspended_at is null
 where g.ended_at is null;
comment on view administered_customer is 'For which customers a partner''s administrators may act now.';

create constraint trigger customer_invitation_act after insert or update or delete on customer_invitation deferrable initially deferred
  for each row execute function record_row_act('accepted_at=customer_invitation.accepted', 'revoked_at=customer_invitation.revoked',
                                               'secret_hash=customer_invitation.resent');
create constraint trigger administrator_grant_act after insert or update or delete on administrator_grant deferrable initially deferred
  for each row execute function record_row_act('ended_at=administrator_grant.ended');

grant select, insert, update on customer_invitation, administrator_grant to assent_request;
grant select on administered_customer to assent_request;
