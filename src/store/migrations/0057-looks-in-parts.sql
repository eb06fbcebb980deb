-- A look through a feed of alarms that takes several transactions tells of each alarm what happened to it since the look before, not since the part before:
-- what became active, or was cleared, before the part, and has changed behind it, was told by none.
alter table webhook_position add column look_from bigint;
comment on column webhook_position.look_from is 'Where the look began that is not at its end yet; null: there is none.';
create table webhook_told_alarm (
  organization_id text not null references company on delete cascade,
  alarm_id        text not null,
  changed_offset  bigint not null,
  primary key (organization_id, alarm_id)
);
comment on table webhook_told_alarm is 'Alarms of which a look that is not at its end yet has made events, and up to which change.';
