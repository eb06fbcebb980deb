-- Lists that were read from a whole table: what changed of a partner's coverage, also by partnerships that have ended; and mails that were given up.

create index partnership_of_partner on partnership (partner_id);
create index mail_given_up on mail (created_at) where next_attempt_at is null and sent_at is null;
