-- Two roles (I1). assent_request serves requests: of device data it sees the covered views and nothing else.
-- The owner of the schema ("system") does what no request may: ingest, jobs, accounts, the world to try.

do $$
begin
  create role assent_request nologin;
exception when duplicate_object or unique_violation then null;
end $$;

do $$
begin
  execute format('grant assent_request to %I', current_user);
exception when others then
  if not pg_has_role(current_user, 'assent_request', 'member') then
    raise;
  end if;
end $$;

grant usage on schema public to assent_request;
grant select on coverage, covered_inventory_object, covered_sensor, covered_alarm, covered_feed_head, valid_key, valid_member,
  valid_customer, active_subscription, connected_customer, key_coverage to assent_request;

grant select on company, person, member, access_token, setup_link, subscription, partnership, consent, api_key, api_key_organization,
  api_key_use, gateway, gateway_contact, act, act_personal, act_head, signed_head to assent_request;
grant insert on company, person, sign_in_method, member, access_token, setup_link, subscription, partnership, consent, api_key,
  api_key_organization, gateway to assent_request;
grant update on company, member, setup_link, subscription, partnership, consent, api_key, gateway to assent_request;
grant delete on access_token, api_key, api_key_organization, member, setup_link to assent_request;
revoke execute on function record_act(text, text[], jsonb, jsonb, jsonb) from public;
