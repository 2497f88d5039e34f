-- When a sandbox ends itself unless its lease is renewed; written with each renewal.
alter table sandboxes add column expires_at timestamptz;

-- Hosts on which the sandbox role has been seen, so that somebody looks after their sandboxes when it is not.
create table sandbox_hosts (
    host     text        primary key,
    provider text        not null,
    seen_at  timestamptz not null default clock_timestamp()
);
