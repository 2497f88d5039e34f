-- Stored states of workspaces, and which generation of a task's sandbox may act.

create table workspaces (
    task_id         text primary key,
    organisation_id text        not null,
    user_id         text        not null,
    -- Raised before a restore: calls of an older generation are refused.
    generation      int         not null default 1 check (generation >= 1),
    -- The call that may write: step/turn/call. Another may take its place when that call has a result.
    writer          text,
    -- What the next call has to tell its reader, such as that background processes are gone.
    notice          text,
    last_used_at    timestamptz not null default now(),
    -- The sandbox of this generation was stopped because nobody used it.
    hibernated_at   timestamptz,
    foreign key (task_id, organisation_id, user_id) references tasks (id, organisation_id, user_id) on delete cascade
);

create table checkpoints (
    task_id         text        not null,
    number          int         not null check (number >= 1),
    organisation_id text        not null,
    user_id         text        not null,
    generation      int         not null check (generation >= 1),
    -- What the sandbox called this state.
    fingerprint     text        not null,
    -- The SHA-256 of each page of the manifest, 32 bytes each, in order. Pages and files are blobs.
    pages           bytea       not null check (octet_length(pages) % 32 = 0),
    entries         int         not null check (entries >= 0),
    size_bytes      bigint      not null check (size_bytes >= 0),
    -- The call it was stored behind: step/turn/call; absent for the one before any call.
    effect          text,
    created_at      timestamptz not null default now(),
    primary key (task_id, number),
    foreign key (task_id, organisation_id, user_id) references tasks (id, organisation_id, user_id) on delete cascade
);

-- The newest checkpoint when the call was done, which holds what it changed. Absent: it changed no workspace, or the
-- workspace was too large for a checkpoint.
alter table effects add column checkpoint int check (checkpoint >= 1);
