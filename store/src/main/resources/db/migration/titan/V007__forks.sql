-- Tasks that go on from a step of another one.

-- What the task has taken over; absent when it began at the beginning.
alter table tasks add column inheritance jsonb;

-- Whether no checkpoint could be stored behind the call, because the workspace was too large for one. Of calls before this
-- column was, those that changed no workspace cannot be told from these.
alter table effects add column beyond_checkpoint boolean not null default false;
update effects set beyond_checkpoint = true
where effect_class = 'sandbox' and result is not null and checkpoint is null;
