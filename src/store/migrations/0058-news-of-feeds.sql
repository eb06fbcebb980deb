-- What has news is written down beside the feed itself: whoever tells of changes looks at those alone, rather than at the head of every feed there is.
create table feed_news (
  organization_id text not null references company on delete cascade,
  family          text not null check (family in ('inventory', 'alarms')),
  teller          text not null check (teller in ('webhooks', 'mails')),
  head            bigint not null,
  due_at          timestamptz not null default statement_timestamp(),
  primary key (organization_id, family, teller)
) with (fillfactor = 70);
comment on table feed_news is 'Feeds with changes of which a teller has not told yet. Kept by a trigger on feed_head; a teller takes a row away once it has told of its head.';
comment on column feed_news.teller is 'Who tells: by webhooks, of both feeds, or by mails, of alarms.';
comment on column feed_news.due_at is 'A teller looks at it from then on, the longest due first.';
create index feed_news_due on feed_news (teller, due_at);

create function note_feed_news() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into feed_news (organization_id, family, teller, head)
  select new.organization_id, new.family, x, new.head
    from unnest(case new.family when 'alarms' then array['mails', 'webhooks'] else array['webhooks'] end) x
  -- What is due keeps its turn; what is looked at just now is due once more.
  on conflict (organization_id, family, teller) do update set head = excluded.head, due_at = least(feed_news.due_at, excluded.due_at);
  return null;
end $$;
create trigger feed_head_moved after update on feed_head
  for each row when (new.head > old.head and new.family in ('inventory', 'alarms')) execute function note_feed_news();
create trigger feed_head_made after insert on feed_head
  for each row when (new.head > 0 and new.family in ('inventory', 'alarms')) execute function note_feed_news();

insert into feed_news (organization_id, family, teller, head)
select h.organization_id, h.family, 'webhooks', h.head
  from feed_head h
  left join webhook_position p on p.organization_id = h.organization_id and p.family = h.family
 where h.family in ('inventory', 'alarms') and h.head > coalesce(p.changed_offset, 0)
 union all
select h.organization_id, h.family, 'mails', h.head
  from feed_head h
  left join alarm_mail_position p on p.organization_id = h.organization_id
 where h.family = 'alarms' and h.head > coalesce(p.changed_offset, 0);

drop function feeds_with_news(integer);
drop function alarm_feeds_with_news(integer);
