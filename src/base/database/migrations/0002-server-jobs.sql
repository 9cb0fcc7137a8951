-- Work that outlives a request. A worker holds a job by a lease that it renews; who is killed lets it run out.
create schema server;

create table server.job (
  id uuid primary key,
  organisation_id uuid not null references guard.organisation,
  kind text not null,
  payload jsonb not null,
  state text not null check (state in ('queued', 'running', 'done', 'failed')),
  attempts integer not null default 0,
  -- who holds it, and until when unless renewed
  holder uuid,
  lease_until timestamptz,
  -- the last step of each stage, in the order of their beginning
  progress jsonb not null default '[]',
  result jsonb,
  problem jsonb,
  created_by uuid not null references guard.account,
  created_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz
);
create index job_waiting on server.job (created_at, id) where state in ('queued', 'running');
create index job_of on server.job (organisation_id, created_at desc, id desc);
