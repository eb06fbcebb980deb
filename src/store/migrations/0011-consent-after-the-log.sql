-- A clock that steps back must not let a consent begin before what was accepted without it (I3).

create function consent_after_the_log() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.given_at := greatest(new.given_at, (
    select h.accepted_at + interval '1 microsecond'
      from partnership p
      join measurement_head h on h.organization_id = p.customer_id
     where p.id = new.partnership_id));
  return new;
end $$;
comment on function consent_after_the_log is
  'Blocks are stamped in rising order, so after a step back their times are ahead of the clock: a consent given then holds from behind them.';
create trigger consent_after_the_log before insert on consent
  for each row execute function consent_after_the_log();
