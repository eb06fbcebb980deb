-- How often each job runs, as the process that did it last has it.

alter table job_run add column every_ms integer;
comment on column job_run.every_ms is 'How long it waits after a run; null: it has not run since this was kept.';
