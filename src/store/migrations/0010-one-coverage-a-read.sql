-- Blocks are read after the coverage, which is looked up once: as plain joins, PostgreSQL (which cannot know how many blocks an organization has)
-- took the blocks first, and held each of them against the coverage. No two blocks are alike in what is distinct here: it is there for its
-- order, and a condition on one of its columns still finds its way to the indexes.

create or replace view covered_measurement_block as
select c.caller, c.organization_id, c.basis, x.seq, x.token, x.accepted_at, x.lines, x.raw_length, x.crc32, x.block
  from coverage c
  join measurement_log l on l.organization_id = c.organization_id
 cross join lateral (
       select distinct on (b.seq, b.accepted_at, b.token)
              b.seq, b.token, b.accepted_at, b.lines, b.raw_length, b.crc32, b.block
         from measurement_block b
        where b.code = l.code and b.accepted_at >= c.since and b.accepted_at < c.until
        order by b.seq, b.accepted_at, b.token) x
 where c.sensors;

create or replace view covered_stream_block as
select c.caller, c.organization_id, x.seq, x.token, x.accepted_at, x.lines, x.raw_length, x.crc32, x.block
  from coverage c
  join measurement_log l on l.organization_id = c.organization_id
 cross join lateral (
       select distinct on (b.seq, b.accepted_at, b.token)
              b.seq, b.token, b.accepted_at, b.lines, b.raw_length, b.crc32, b.block
         from measurement_block b
        where b.code = l.code
        order by b.seq, b.accepted_at, b.token) x
 where c.sensors;
