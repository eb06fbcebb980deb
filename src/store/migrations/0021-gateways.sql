-- What a gateway says of itself beside its version, and a token that is replaced.

alter table gateway_contact add column waiting_bytes bigint check (waiting_bytes >= 0);
comment on column gateway_contact.waiting_bytes is 'What lay on its disk, still to be sent, when it was last heard of; null: it does not say.';

-- That its token was replaced is an act of its own.
drop trigger gateway_act on gateway;
create constraint trigger gateway_act after insert or update or delete on gateway deferrable initially deferred
  for each row execute function record_row_act('secret_hash=gateway.token_replaced');
