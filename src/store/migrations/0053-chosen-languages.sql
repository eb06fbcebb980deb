-- Whether a person chose the language, or it was supposed by the browser of a sign-in.

alter table person_language add column chosen boolean not null default false;
comment on column person_language.chosen is 'Whether the person chose it: the portal then speaks it in a browser where none was chosen. What earlier versions kept may be either.';
