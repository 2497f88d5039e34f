-- What users ask of a task that runs, and what a task asks of them.

create table commands (
    task_id         text        not null,
    id              text        not null,
    organisation_id text        not null,
    user_id         text        not null,
    -- What was asked, with its words: they never enter Temporal's history.
    body            jsonb       not null,
    kind            text        not null generated always as (body ->> 'type') stored,
    -- Of a message: its place among the messages of the task.
    number          int         check (number >= 1),
    created_at      timestamptz not null default now(),
    -- When the loop took it; a repeat after that is answered without asking the loop again.
    taken_at        timestamptz,
    primary key (task_id, id),
    unique (task_id, number),
    foreign key (task_id, organisation_id, user_id) references tasks (id, organisation_id, user_id) on delete cascade
);

create table approvals (
    id              text primary key,
    task_id         text        not null,
    organisation_id text        not null,
    user_id         text        not null,
    step_id         text        not null,
    turn            int         not null check (turn >= 1),
    call            int         not null check (call >= 0),
    kind            text        not null check (kind in ('approval', 'question')),
    tool            text        not null,
    arguments       jsonb       not null,
    arguments_hash  text        not null,
    status          text        not null default 'pending'
        check (status in ('pending', 'approved', 'edited', 'denied', 'expired')),
    command_id      text,
    requested_at    timestamptz not null default now(),
    expires_at      timestamptz not null,
    decided_at      timestamptz,
    check ((status = 'pending') = (decided_at is null)),
    unique (task_id, step_id, turn, call),
    foreign key (task_id, organisation_id, user_id) references tasks (id, organisation_id, user_id) on delete cascade,
    foreign key (task_id, command_id) references commands (task_id, id)
);
create index approvals_pending on approvals (organisation_id, requested_at) where status = 'pending';
