-- How the jobs fare, for whoever runs the installation.

create table job_run (
  job             text primary key,
  began_at        timestamptz not null,
  succeeded_at    timestamptz,
  failed_at       timestamptz,
  failures_in_row integer not null default 0
);
comment on table job_run is 'The last run of each regular job, of whichever process. Why one failed stands in the log of that time.';
