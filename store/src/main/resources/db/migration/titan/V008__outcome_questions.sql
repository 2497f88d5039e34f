-- A call that somebody has approved may be asked about once more: what became of it, when a crash hides that.
alter table approvals drop constraint approvals_task_id_step_id_turn_call_key;
alter table approvals add unique (task_id, step_id, turn, call, kind);
