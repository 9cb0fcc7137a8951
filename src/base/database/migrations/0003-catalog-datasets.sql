-- Data sets and their immutable versions.
create schema catalog;

create table catalog.dataset (
  id uuid primary key,
  organisation_id uuid not null references guard.organisation,
  name text not null,
  title text not null,
  created_at timestamptz not null,
  unique (organisation_id, name)
);

create table catalog.version (
  dataset_id uuid not null references catalog.dataset,
  version text not null,
  -- RFC 6962 root over the canonical records, hexadecimal
  root text not null,
  folder text not null,
  n_records bigint not null check (n_records >= 0),
  tables jsonb not null,
  counts jsonb not null,
  grade jsonb not null,
  built_by uuid not null references server.job,
  created_at timestamptz not null,
  primary key (dataset_id, version)
);
create index version_newest on catalog.version (dataset_id, created_at desc);
