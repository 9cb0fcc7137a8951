-- What can be found by others: one document an offer, cut into words for search.
create extension if not exists pg_trgm;

create table catalog.entry (
  id uuid primary key,
  organisation_id uuid not null references guard.organisation,
  dataset_id uuid not null unique references catalog.dataset,
  address text not null unique,
  title jsonb not null,
  summary jsonb not null,
  keywords text[] not null,
  sector text,
  modalities text[] not null,
  license text,
  version text not null,
  n_records bigint not null,
  passes boolean not null,
  scores jsonb not null,
  plans text[] not null,
  words tsvector not null,
  -- the words as they are, for what is spelled wrong
  plain text not null,
  updated_at timestamptz not null
);
create index entry_words on catalog.entry using gin (words);
create index entry_plain on catalog.entry using gin (plain gin_trgm_ops);
create index entry_sector on catalog.entry (sector);

-- What somebody needs and nobody may have yet.
create table catalog.demand (
  id uuid primary key,
  organisation_id uuid not null references guard.organisation,
  account_id uuid not null references guard.account,
  title text not null,
  need text not null,
  -- {"sector", "modality", "records", "fields": [], "license"}: what a data set must have
  wants jsonb not null,
  created_at timestamptz not null,
  closed_at timestamptz
);
create index demand_open on catalog.demand (created_at desc, id) where closed_at is null;
