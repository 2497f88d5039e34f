-- What is needed to remove blobs that nobody refers to any more.

-- Hashes stand packed, 32 bytes each; an index looks into them through this.
create function packed_hashes(packed bytea) returns bytea[] language sql immutable strict parallel safe
return array(select substr(packed, 1 + 32 * i, 32) from generate_series(0, octet_length(packed) / 32 - 1) as i);

-- The pages of manifests, with the files each names. Who finds a page here finds its files among the blobs.
create table checkpoint_pages (
    organisation_id text  not null,
    sha256          text  not null,
    files           bytea not null check (octet_length(files) % 32 = 0),
    primary key (organisation_id, sha256),
    foreign key (organisation_id, sha256) references blobs (organisation_id, sha256) on delete cascade
);
create index checkpoint_pages_by_file on checkpoint_pages using gin (packed_hashes(files));
create index checkpoints_by_page on checkpoints using gin (packed_hashes(pages));
create index artifacts_by_blob on artifacts (organisation_id, sha256) where sha256 is not null;

-- When somebody last asked for it, to the hour, or found it needed. What was stored before this column was is kept for
-- good, since nobody has written down which of it are files of pages.
alter table blobs add column used_at timestamptz not null default 'infinity';
alter table blobs alter column used_at set default clock_timestamp();
create index blobs_by_use on blobs (used_at);
