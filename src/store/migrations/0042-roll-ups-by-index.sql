-- Of a roll-up its sensor is looked up by index: the ids of roll-ups are compared byte by byte, those of sensors as the database compares text, so
-- that all of an organization's sensors were read for each sensor whose values were asked for.

create or replace view covered_measurement_rollup as
select c.caller, c.organization_id, r.sensor_id, r.hour,
       case when r.hour >= c.since then r.slots
            else measurement_slots_from(r.slots, ceil(extract(epoch from c.since - r.hour) / 300)::integer) end as slots
  from coverage c
  join measurement_rollup r on r.hour > c.since - interval '1 hour' and r.hour < c.until
  join sensor x on x.organization_id = c.organization_id and x.id = r.sensor_id collate "default"
 where c.sensors;
