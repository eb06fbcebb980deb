-- What a look notes as seen while other locations are chosen was not seen at these.
alter table webhook_seen_there add column location_filter text;
update webhook_seen_there t set location_filter = md5(w.location_ids::text) from webhook w where w.id = t.webhook_id;
comment on column webhook_seen_there.location_filter is 'A digest of the locations that were asked for: it counts for these alone.';
