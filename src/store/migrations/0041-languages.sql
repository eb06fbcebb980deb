-- In which language people read their mails.

create table person_language (
  person_id text primary key references person on delete cascade,
  language  text not null check (language ~ '^[a-z]{2,3}$')
);
comment on table person_language is 'In which language a person reads; no row: nothing is known of it. Beside the person, since how somebody reads is no act of the record.';

alter table mail add column language text not null default 'en' check (language ~ '^[a-z]{2,3}$');
comment on column mail.language is 'In which it is composed: its recipient''s, as the mail was written down.';

grant select on person_language to assent_request;
