-- What was told last before a webhook was disabled, or before coverage ended, does not come before what it is told next: in between something may have
-- been accepted that it never is. Of what versions before have told, it is not known when it was accepted.
alter table webhook_told add column accepted_at timestamptz;
comment on table webhook_told is 'The offset of the last event of a feed that was made for a webhook: the next one names it, unless something may have been passed in between.';
comment on column webhook_told.accepted_at is 'When what that event tells of was accepted.';
