-- What a mail of the day has to tell is noted as it happens, by the same look at each one's choice as what is told at once: so nothing is told
-- twice, or not at all, whenever somebody chooses otherwise.

create table coverage_digest_change (
  id              text primary key default gen_random_uuid()::text,
  member_id       text not null,
  organization_id text not null,
  event           text not null,
  at              timestamptz not null,
  due_at          timestamptz not null
);
comment on table coverage_digest_change is
  'What a partner''s member is still to be told by the mail of the day. Without foreign keys, whose locks a withdrawal would wait for: what is of nobody any more, the job takes away.';
comment on column coverage_digest_change.event is 'What became of a consent (consent_receipt.event), or a reason of the feed of coverage.';
comment on column coverage_digest_change.due_at is 'When it is told, unless the member is told at once by then.';
create index coverage_digest_change_member on coverage_digest_change (member_id);
create index coverage_digest_change_due on coverage_digest_change (due_at);
grant insert on coverage_digest_change to assent_request;

insert into coverage_digest_change (member_id, organization_id, event, at, due_at)
select d.member_id, r.customer_id, 'consent_' || r.event, r.made_at, d.due_at
  from coverage_digest d
  join member m on m.id = d.member_id
  join consent_receipt r on r.partner_id = m.company_id and r.made_at > d.since and (d.ends_at is null or r.made_at <= d.ends_at)
 union all
select d.member_id, c.organization_id, c.reason, c.changed_at, d.due_at
  from coverage_digest d
  join member m on m.id = d.member_id
  join coverage_head h on h.company_id = m.company_id
  join coverage_change c on c.company_id = m.company_id and c.changed_offset > d.told and c.changed_offset <= h.told
 where c.reason in ('subscription_started', 'subscription_ended', 'suspended', 'resumed') and (d.ends_at is null or c.changed_at <= d.ends_at);
delete from coverage_digest where ends_at is not null;

alter table coverage_digest drop column since, drop column told, drop column due_at, drop column ends_at;
