-- Whatever the portal asks of the record (of a company or of all; what was done, by whom, when), an index has it in its order. Verbs are compared by
-- their bytes, so that those of a noun (key.created, key.deleted) stand together. Of what an act concerns, see act_companies_check.

drop index act_companies;
create index act_in_time on act (at, seq);
create index act_of_verb on act (verb collate "C", (record::jsonb #>> '{actor,kind}'), at, seq);
create index act_of_actor on act ((record::jsonb #>> '{actor,id}'), verb collate "C", (record::jsonb #>> '{actor,kind}'), at, seq);

create index act_of_company on act ((record::jsonb #>> '{companies,0}'), seq);
create index act_of_company_in_time on act ((record::jsonb #>> '{companies,0}'), at, seq);
create index act_of_company_of_verb on act
  ((record::jsonb #>> '{companies,0}'), verb collate "C", (record::jsonb #>> '{actor,kind}'), at, seq);
create index act_of_company_of_actor on act
  ((record::jsonb #>> '{companies,0}'), (record::jsonb #>> '{actor,id}'), verb collate "C", (record::jsonb #>> '{actor,kind}'), at, seq);

-- The same of the other company, where there is one.
create index act_of_other on act ((record::jsonb #>> '{companies,1}'), seq) where record::jsonb #>> '{companies,1}' is not null;
create index act_of_other_in_time on act ((record::jsonb #>> '{companies,1}'), at, seq) where record::jsonb #>> '{companies,1}' is not null;
create index act_of_other_of_verb on act
  ((record::jsonb #>> '{companies,1}'), verb collate "C", (record::jsonb #>> '{actor,kind}'), at, seq)
  where record::jsonb #>> '{companies,1}' is not null;
create index act_of_other_of_actor on act
  ((record::jsonb #>> '{companies,1}'), (record::jsonb #>> '{actor,id}'), verb collate "C", (record::jsonb #>> '{actor,kind}'), at, seq)
  where record::jsonb #>> '{companies,1}' is not null;
