-- Roll-ups of the measurement log: 5-minute values for charts, kept for 90 days.

create table measurement_rollup (
  hour      timestamptz not null,
  sensor_id text collate "C" not null,
  slots     bytea not null,
  primary key (sensor_id, hour)
) partition by range (hour);
comment on table measurement_rollup is
  'A sensor''s measurements of an hour, by 5 minutes. A partition a month, made ahead and dropped when all of it is older than 90 days.';
comment on column measurement_rollup.sensor_id is 'Unique over all organizations: it begins with the organization''s code in the log.';
comment on column measurement_rollup.slots is
  'Twelve lengths of two bytes, then the slots of these lengths (0: nothing was measured): src/measurements/slots.ts. A row for each 5 minutes would take four times the room.';

create table measurement_rollup_position (
  organization_id text primary key references company on delete cascade,
  seq             bigint not null default 0,
  accepted_at     timestamptz not null default '-infinity',
  claimed_until   timestamptz not null default '-infinity'
) with (fillfactor = 50);
comment on table measurement_rollup_position is
  'Up to which block an organization''s log is rolled up. It moves in the transaction that stores the roll-ups, and only from where they began: so each block counts once.';
comment on column measurement_rollup_position.claimed_until is
  'Until when a process works on what follows. Others pass it over, which spares work: that nothing counts twice does not rest on it.';

create function measurement_rollup_month(month date) returns text
language sql immutable as $$
  select 'measurement_rollup_' || to_char(month, 'YYYYMM')
$$;

create function keep_rollup_months(first date, last date) returns void
language plpgsql as $$
declare
  month date;
begin
  perform pg_advisory_xact_lock(4700004);
  for month in select m::date from generate_series(date_trunc('month', first::timestamp), last, interval '1 month') m loop
    if to_regclass(measurement_rollup_month(month)) is null then
      -- Attached, as the days of the log are, so that nobody waits.
      execute format('create table %I (like measurement_rollup including defaults including storage including indexes)',
                     measurement_rollup_month(month));
      execute format('alter table measurement_rollup attach partition %I for values from (%L) to (%L)',
                     measurement_rollup_month(month), month::timestamp at time zone 'UTC',
                     (month + interval '1 month')::timestamp at time zone 'UTC');
    end if;
  end loop;
end $$;
comment on function keep_rollup_months is 'Makes the partitions of the months (UTC) from one day to another, where they are not there.';

create function measurement_slots_from(slots bytea, first integer) returns bytea
language sql immutable strict as $$
  select decode(repeat('0000', first), 'hex') || substr(slots, 2 * first + 1, 24 - 2 * first)
         || substr(slots, 25 + (select coalesce(sum(256 * get_byte(slots, 2 * i) + get_byte(slots, 2 * i + 1)), 0)::integer
                                  from generate_series(0, first - 1) i))
$$;
comment on function measurement_slots_from is 'The slots of an hour without the first so many (0 to 12).';

create view covered_measurement_rollup as
select c.caller, c.organization_id, r.sensor_id, r.hour,
       case when r.hour >= c.since then r.slots
            else measurement_slots_from(r.slots, ceil(extract(epoch from c.since - r.hour) / 300)::integer) end as slots
  from coverage c
  join sensor x on x.organization_id = c.organization_id
  join measurement_rollup r on r.sensor_id = x.id and r.hour > c.since - interval '1 hour' and r.hour < c.until
 where c.sensors;
comment on view covered_measurement_rollup is
  'The 5 minutes that a caller may read: those that begin within what its coverage holds. Nothing counts as measured after it was accepted, so nothing that was accepted before is in them.';

create view covered_rollup_position as
select c.caller, c.organization_id, coalesce(p.seq, 0) as seq, coalesce(p.accepted_at, '-infinity') as accepted_at
  from coverage c
  left join measurement_rollup_position p on p.organization_id = c.organization_id
 where c.sensors;

grant select on covered_measurement_rollup, covered_rollup_position to assent_request;
