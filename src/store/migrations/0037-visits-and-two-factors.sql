-- A visit rests on what the company that is viewed, and the vendor, want of whoever signs in. Where one of them begins to want two factors, visits
-- under way end, also of those who have two: who has them begins anew, and nobody goes on who could not have begun.

create or replace function end_visits() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from visit where company_id = new.id or new.kind = 'vendor';
  return null;
end $$;
create trigger company_two_factors after update of requires_two_factor on company
  for each row when (new.requires_two_factor and not old.requires_two_factor) execute function end_visits();
