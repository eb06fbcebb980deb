-- Whether anybody hears of feeds is asked four times a second (src/store/due-work.ts): of webhooks that hear of coverage alone, none is read for it.
create index webhook_of_feeds on webhook (id)
  where enabled and kinds && '{alarm.activated,alarm.updated,alarm.cleared,device.changed,device.removed}';
