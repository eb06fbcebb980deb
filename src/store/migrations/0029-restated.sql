-- What people set can change without a change of the feed: the portal's tree shows it.

alter table feed_head add column restated bigint not null default 0;
comment on column feed_head.restated is
  'Of an inventory: how often it was noted what people set, or what a gateway says of that, without a change of the feed.';

create or replace view covered_feed_head as
select c.caller, x.organization_id, x.family, x.head, x.purged, x.restated
  from coverage c
  join feed_head x on x.organization_id = c.organization_id
 where case x.family when 'inventory' then c.inventory when 'alarms' then c.alarms else c.sensors end;
