-- Mails about alarms, as each member chooses them.

create table alarm_mail (
  member_id        text primary key references member on delete cascade,
  severity         text not null check (length(severity) <= 20),
  cleared          boolean not null,
  organization_ids text[] check (cardinality(organization_ids) between 1 and 500),
  location_ids     text[] check (cardinality(location_ids) between 1 and 500),
  chosen_at        timestamptz not null default statement_timestamp(),
  next_at          timestamptz not null default statement_timestamp()
);
comment on table alarm_mail is 'Of which alarms a member wants mails. What it is told is read as that member, through the coverage, when a mail is written.';
comment on column alarm_mail.severity is 'Of this severity, or of a worse one.';
comment on column alarm_mail.organization_ids is 'Of these organizations alone; null: of all that are covered. The like for locations: devices in them, or below them.';
comment on column alarm_mail.chosen_at is 'What was accepted before is never told.';
comment on column alarm_mail.next_at is 'No mail is written before: a few minutes after the last one, so that alarms are gathered.';
create index alarm_mail_next on alarm_mail (next_at);

create table alarm_mail_news (
  member_id       text not null references alarm_mail on delete cascade,
  organization_id text not null references company on delete cascade,
  told            bigint not null,
  head            bigint not null,
  primary key (member_id, organization_id)
) with (fillfactor = 70);
comment on table alarm_mail_news is 'Up to where a member was told of an organization''s alarms, and up to where there may be more. Only their feed says what.';
create index alarm_mail_news_untold on alarm_mail_news (member_id) where head > told;
create index alarm_mail_news_organization on alarm_mail_news (organization_id);

create table alarm_mail_position (
  organization_id text primary key references company on delete cascade,
  changed_offset  bigint not null
) with (fillfactor = 70);
comment on table alarm_mail_position is 'Up to where an organization''s feed of alarms was looked at for members who want mails.';

-- Of feeds with news, their heads alone: what is new is read through the coverage.
create function alarm_feeds_with_news(count integer) returns table (organization_id text, told bigint, head bigint)
language sql stable as $$
  select h.organization_id, coalesce(p.changed_offset, 0), h.head
    from feed_head h
    left join alarm_mail_position p on p.organization_id = h.organization_id
   where h.family = 'alarms' and h.head > coalesce(p.changed_offset, 0)
   limit count
$$;
revoke execute on function alarm_feeds_with_news(integer) from public;

grant select, insert, update, delete on alarm_mail to assent_request;
