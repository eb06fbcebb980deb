-- Who is told of changes of the coverage by one mail a day.

create table coverage_digest (
  member_id text primary key references member on delete cascade,
  since     timestamptz not null,
  told      bigint not null,
  due_at    timestamptz not null,
  ends_at   timestamptz
);
comment on table coverage_digest is 'A partner''s member who wants one mail a day of what changes in the coverage, in place of one at once. Others have no row.';
comment on column coverage_digest.since is 'Of consents, what happened after that is told next.';
comment on column coverage_digest.told is 'Of the feed of coverage, what has an offset above is told next.';
comment on column coverage_digest.ends_at is 'Since then the member is told at once again: one last mail has what happened before, and the row goes.';
create index coverage_digest_due on coverage_digest (due_at);
grant select on coverage_digest to assent_request;
