-- What people set about their sites, how alarms came about, and who sees to them.

alter table inventory_object add column person_set text;
alter table inventory_object add column reported text;
comment on column inventory_object.person_set is
  'What people set about what a gateway reports (name, place, note, dates), as JSON text: it goes before the gateway''s word until it is taken back. Null: nothing.';
comment on column inventory_object.reported is
  'The object as it would be by the gateway''s word alone, as JSON text, so that what people set can be taken back. Null where they set nothing: json says it.';

create or replace view covered_inventory_object as
select c.caller, x.organization_id, x.id, x.kind, x.type, x.label, x.parent_id, x.location_id, x.changed_offset, x.removed_at, x.json, x.changed_at,
       x.serial_number, x.made_by, x.person_set, x.reported
  from coverage c
  join inventory_object x on x.organization_id = c.organization_id
 where c.inventory;

create view covered_gateway_contact as
select c.caller, c.organization_id, g.id as gateway_id, g.removed_at is not null as removed,
       case when g.removed_at is null then k.contact_at end as contact_at
  from coverage c
  join gateway g on g.company_id = c.organization_id
  left join gateway_contact k on k.gateway_id = g.id
 where c.inventory;
comment on view covered_gateway_contact is
  'When the gateways that stand in a shared inventory were last heard of: whether that inventory is up to date belongs to it.';

create table alarm_version (
  organization_id text not null references company on delete cascade,
  alarm_id        text not null,
  changed_offset  bigint not null,
  changed_at      timestamptz not null,
  json            text not null,
  primary key (organization_id, alarm_id, changed_offset)
);
comment on table alarm_version is 'Each state that an alarm had, written with it in one statement; kept for 90 days.';
create index alarm_version_changed on alarm_version (changed_at);
insert into alarm_version (organization_id, alarm_id, changed_offset, changed_at, json)
select organization_id, id, changed_offset, changed_at, json from alarm;

create or replace view covered_alarm as
select c.caller, x.organization_id, x.id, x.device_id, x.severity, x.activated_at, x.cleared_at, x.changed_offset, x.json,
       x.changed_at, x.activated_offset, x.cleared_offset, x.reactivations
  from coverage c
  join alarm x on x.organization_id = c.organization_id
 where c.alarms;

create view covered_alarm_version as
select c.caller, x.organization_id, x.alarm_id, x.changed_offset, x.changed_at, x.json
  from coverage c
  join alarm_version x
    on x.organization_id = c.organization_id
   and x.changed_at >= coalesce(greatest(c.alarms_since, case when c.subscription_id is not null then subscribed_since(c.organization_id) end), '-infinity')
 where c.alarms;
comment on view covered_alarm_version is 'How alarms came about, since alarms are shared with the caller without a break.';

create table alarm_acknowledgement (
  id              text primary key default gen_random_uuid()::text,
  organization_id text not null references company on delete cascade,
  alarm_id        text not null,
  reactivations   integer not null,
  person_id       text references person on delete set null,
  assignee_id     text references person on delete set null,
  note            text check (length(note) <= 2000),
  withdrawn       boolean not null default false,
  made_at         timestamptz not null default clock_timestamp()
);
comment on table alarm_acknowledgement is
  'That somebody of the customer saw an alarm: the portal''s own, no part of the alarm on the wire. The newest row of an alarm counts; none is changed.';
comment on column alarm_acknowledgement.reactivations is
  'Which activation it is about, by how often the alarm had come back: when it comes back once more, nobody has seen that yet.';
comment on column alarm_acknowledgement.person_id is 'Who did it; null: a person who was erased.';
comment on column alarm_acknowledgement.assignee_id is 'Who sees to it; null: nobody, or a person who was erased.';
create index alarm_acknowledgement_alarm on alarm_acknowledgement (organization_id, alarm_id, made_at);

create view covered_alarm_acknowledgement as
select c.caller, x.organization_id, x.id, x.alarm_id, x.reactivations, x.person_id, x.assignee_id, x.note, x.withdrawn, x.made_at
  from coverage c
  join valid_member m on m.id = c.caller and m.company_id = c.organization_id
  join alarm_acknowledgement x on x.organization_id = c.organization_id
 where c.alarms;
comment on view covered_alarm_acknowledgement is 'For the customer''s own members: what its people write to each other is shared with no partner.';

grant select on covered_gateway_contact, covered_alarm_version, covered_alarm_acknowledgement to assent_request;
grant insert on alarm_acknowledgement to assent_request;
