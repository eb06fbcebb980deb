-- Signing out at a company's provider as well, where its metadata say how.

create table provider_sign_out (
  session_id  text primary key references session on delete cascade,
  sealed_url  bytea not null,
  secret_name text not null
);
comment on table provider_sign_out is
  'Where a session''s browser signs out at the provider. The address holds the ID token, so it is encrypted under the server''s secret; it goes with the session.';
