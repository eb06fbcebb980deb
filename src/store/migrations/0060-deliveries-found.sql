-- A webhook's deliveries are found by state and by customer: what failed is rare, and a customer one of many.
create index webhook_delivery_failed on webhook_delivery (webhook_id, created_at, id) where state = 'failed';
create index webhook_delivery_of_organization on webhook_delivery (organization_id, webhook_id, created_at, id);
drop index webhook_delivery_organization;
