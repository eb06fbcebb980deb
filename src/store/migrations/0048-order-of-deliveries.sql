-- What is told of one device has one lane, whichever feed it comes from: its place there is the order in which events were made for the webhook, counted
-- under the lock of the webhook's queue. What waits from versions before is put in that order too.
alter table webhook_queue add column made bigint not null default 0;
comment on column webhook_queue.made is 'How many deliveries were made for it so far: the ordinal of the newest.';

alter table webhook_delivery add column ordinal bigint;
-- How many wait stays as it is.
alter table webhook_delivery disable trigger webhook_delivery_changed;
update webhook_delivery d
   set ordinal = o.nth, lane = regexp_replace(d.lane, '^(alarms|inventory) ', 'device ')
  from (select id, row_number() over (partition by webhook_id order by created_at, accepted_at, place, part, id) as nth
          from webhook_delivery) o
 where o.id = d.id;
alter table webhook_delivery alter column ordinal set not null;
update webhook_queue q
   set made = o.newest
  from (select webhook_id, max(ordinal) as newest from webhook_delivery group by webhook_id) o
 where o.webhook_id = q.webhook_id;
-- Of two lanes that are one now, the later one's turn comes after the other's.
update webhook_delivery d
   set next_attempt_at = null
 where d.next_attempt_at is not null and d.lane like 'device %'
   and exists (
       select from webhook_delivery e
        where e.webhook_id = d.webhook_id and e.lane = d.lane and e.state = 'waiting' and e.ordinal < d.ordinal);
alter table webhook_delivery enable trigger webhook_delivery_changed;

drop index webhook_delivery_waiting;
alter table webhook_delivery drop column part;
create index webhook_delivery_waiting on webhook_delivery (webhook_id, lane, ordinal) where state = 'waiting';
comment on column webhook_delivery.ordinal is 'Which of the webhook''s deliveries it is, in the order in which they were made.';
comment on column webhook_delivery.lane is 'A device, or what else an event is of. Within a lane they are sent in the order of their ordinals; one that fails holds up its lane alone.';
comment on column webhook_delivery.place is 'The offset of what it tells of in its feed; of what is in no feed, the time in ms.';
