-- The first shape of the store. Every row says which organisation and user it belongs to, so that tenancy is never
-- retrofitted. Promises are constraints here, not habits of the code.

create table tasks (
    id                 text primary key,
    organisation_id    text        not null,
    user_id            text        not null,
    request            jsonb       not null,
    status             text        not null default 'queued'
        check (status in ('queued', 'running', 'waiting', 'paused', 'succeeded', 'failed', 'cancelled')),
    reason             text,
    message            text,
    plan_version       int         not null default 0,
    model_calls        int         not null default 0,
    input_tokens       bigint      not null default 0,
    output_tokens      bigint      not null default 0,
    last_seq           bigint      not null default 0,
    trace_id           text        not null,
    idempotency_key    text,
    body_hash          text,
    cancel_requested_at timestamptz,
    -- The outbox: a row without workflow_started_at still has to be given to Temporal.
    start_attempted_at timestamptz,
    start_claimed_until timestamptz,
    workflow_started_at timestamptz,
    created_at         timestamptz not null default now(),
    started_at         timestamptz,
    ended_at           timestamptz,
    updated_at         timestamptz not null default now(),
    check ((idempotency_key is null) = (body_hash is null)),
    check ((ended_at is null) = (status not in ('succeeded', 'failed', 'cancelled'))),
    -- What every table of a task points at, so that a row cannot name another owner than its task.
    unique (id, organisation_id, user_id)
);
create unique index tasks_idempotency_key on tasks (organisation_id, idempotency_key) where idempotency_key is not null;
create index tasks_unstarted on tasks (created_at)
    where workflow_started_at is null and status not in ('succeeded', 'failed', 'cancelled');
create index tasks_open on tasks (id) where status not in ('succeeded', 'failed', 'cancelled');
create index tasks_by_owner on tasks (organisation_id, id desc);

create table specs (
    task_id         text primary key,
    organisation_id text        not null,
    user_id         text        not null,
    spec            jsonb       not null,
    created_at      timestamptz not null default now(),
    foreign key (task_id, organisation_id, user_id) references tasks (id, organisation_id, user_id) on delete cascade
);

create table plans (
    task_id         text        not null,
    version         int         not null check (version >= 1),
    organisation_id text        not null,
    user_id         text        not null,
    plan            jsonb       not null,
    created_at      timestamptz not null default now(),
    primary key (task_id, version),
    foreign key (task_id, organisation_id, user_id) references tasks (id, organisation_id, user_id) on delete cascade
);

-- Where each step is; a projection of the events.
create table steps (
    task_id         text        not null,
    step_id         text        not null,
    organisation_id text        not null,
    user_id         text        not null,
    status          text        not null check (status in ('pending', 'running', 'succeeded', 'failed', 'skipped')),
    attempt         int         not null default 0,
    result          text,
    error           text,
    updated_at      timestamptz not null default now(),
    primary key (task_id, step_id),
    foreign key (task_id, organisation_id, user_id) references tasks (id, organisation_id, user_id) on delete cascade
);

create table events (
    task_id         text        not null,
    seq             bigint      not null check (seq >= 1),
    event_key       text        not null,
    organisation_id text        not null,
    user_id         text        not null,
    at              timestamptz not null,
    step_id         text,
    turn            int,
    trace_id        text        not null,
    data            jsonb       not null,
    type            text        not null generated always as (data ->> 'type') stored,
    recorded_at     timestamptz not null default now(),
    primary key (task_id, seq),
    unique (task_id, event_key),
    foreign key (task_id, organisation_id, user_id) references tasks (id, organisation_id, user_id) on delete cascade
);
-- A task ends once.
create unique index events_one_end on events (task_id) where type in ('complete', 'error');

create table messages (
    task_id         text        not null,
    conversation    text        not null,
    index           int         not null check (index >= 0),
    organisation_id text        not null,
    user_id         text        not null,
    message         jsonb       not null,
    created_at      timestamptz not null default now(),
    primary key (task_id, conversation, index),
    foreign key (task_id, organisation_id, user_id) references tasks (id, organisation_id, user_id) on delete cascade
);

create table effects (
    task_id         text        not null,
    step_id         text        not null,
    turn            int         not null check (turn >= 1),
    call            int         not null check (call >= 0),
    organisation_id text        not null,
    user_id         text        not null,
    effect_class    text        not null check (effect_class in ('pure', 'idempotent', 'sandbox', 'once')),
    tool_call       jsonb       not null,
    owner_token     text        not null,
    claimed_at      timestamptz not null default now(),
    owned_since     timestamptz not null default now(),
    result          jsonb,
    completed_at    timestamptz,
    primary key (task_id, step_id, turn, call),
    check ((result is null) = (completed_at is null)),
    foreign key (task_id, organisation_id, user_id) references tasks (id, organisation_id, user_id) on delete cascade
);

create table blobs (
    organisation_id text        not null,
    sha256          text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
    size_bytes      bigint      not null check (size_bytes >= 0),
    created_at      timestamptz not null default now(),
    primary key (organisation_id, sha256)
);

create table blob_chunks (
    organisation_id text  not null,
    sha256          text  not null,
    index           int   not null check (index >= 0),
    bytes           bytea not null check (octet_length(bytes) between 1 and 1048576),
    primary key (organisation_id, sha256, index),
    foreign key (organisation_id, sha256) references blobs (organisation_id, sha256) on delete cascade
);
-- Stored as they are: blobs are often compressed already, and trying again costs more than it saves.
alter table blob_chunks alter column bytes set storage external;

create table artifacts (
    id              text primary key,
    task_id         text        not null,
    organisation_id text        not null,
    user_id         text        not null,
    kind            text        not null check (kind in ('file', 'url', 'text', 'data')),
    name            text        not null,
    media_type      text        not null,
    size_bytes      bigint      not null check (size_bytes >= 0),
    sha256          text,
    url             text,
    created_at      timestamptz not null default now(),
    unique (task_id, name, sha256),
    check ((sha256 is null) <> (url is null)),
    foreign key (organisation_id, sha256) references blobs (organisation_id, sha256),
    foreign key (task_id, organisation_id, user_id) references tasks (id, organisation_id, user_id) on delete cascade
);

create table sandboxes (
    id              text        not null,
    generation      int         not null check (generation >= 1),
    task_id         text        not null,
    organisation_id text        not null,
    user_id         text        not null,
    host            text        not null,
    provider        text        not null,
    state           text        not null check (state in ('active', 'destroyed')),
    created_at      timestamptz not null default now(),
    destroyed_at    timestamptz,
    primary key (id, generation),
    check ((state = 'destroyed') = (destroyed_at is not null)),
    foreign key (task_id, organisation_id, user_id) references tasks (id, organisation_id, user_id) on delete cascade
);
create index sandboxes_active on sandboxes (host) where state = 'active';
create unique index sandboxes_one_active on sandboxes (id) where state = 'active';
create index sandboxes_by_task on sandboxes (task_id);

create table api_keys (
    id              text primary key,
    organisation_id text        not null,
    user_id         text        not null,
    name            text        not null,
    -- SHA-256: the key itself holds 256 random bits, so nothing is gained by a slow hash.
    key_hash        text        not null unique,
    scopes          text[]      not null,
    created_at      timestamptz not null default now(),
    revoked_at      timestamptz
);
