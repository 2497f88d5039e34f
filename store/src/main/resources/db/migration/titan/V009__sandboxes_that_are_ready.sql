-- When what a task begins with, or its checkpoint, was in the sandbox's workspace: before that it is not idle, whoever has
-- not used it.
alter table sandboxes add column ready_at timestamptz;
update sandboxes set ready_at = created_at;
