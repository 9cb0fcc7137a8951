-- Who may do what: accounts, organisations, sessions, keys; and what was done.
create schema guard;

create table guard.organisation (
  id uuid primary key,
  name text not null,
  -- the one that runs the platform: it alone admits others
  is_operator boolean not null,
  created_at timestamptz not null
);
create unique index one_operator on guard.organisation (is_operator) where is_operator;
create unique index organisation_name on guard.organisation (lower(name));

create table guard.account (
  id uuid primary key,
  email text not null,
  name text not null,
  -- scrypt with its parameters and salt
  password_hash text not null,
  language text not null check (language in ('zh', 'en')),
  created_at timestamptz not null
);
create unique index account_email on guard.account (lower(email));

create table guard.membership (
  account_id uuid not null references guard.account,
  organisation_id uuid not null references guard.organisation,
  role text not null check (role in ('owner', 'engineer', 'annotator', 'reviewer', 'expert', 'buyer', 'coordinator', 'auditor', 'finance')),
  created_at timestamptz not null,
  primary key (account_id, organisation_id, role)
);

-- Of tokens and keys the hash alone is kept.
create table guard.session (
  token_hash bytea primary key,
  account_id uuid not null references guard.account,
  organisation_id uuid not null references guard.organisation,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_expiry on guard.session (expires_at);

create table guard.api_key (
  id uuid primary key,
  secret_hash bytea not null unique,
  account_id uuid not null references guard.account,
  organisation_id uuid not null references guard.organisation,
  name text not null,
  scopes text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz
);
create index api_key_of on guard.api_key (organisation_id, created_at, id);

-- The answer to a write that named a key, so that a repeated request does nothing twice.
create table guard.idempotent_answer (
  organisation_id uuid not null references guard.organisation,
  account_id uuid not null references guard.account,
  key text not null,
  request_hash bytea not null,
  -- null until the transaction that does the work is at its end: no one else sees it so
  status integer,
  body text,
  created_at timestamptz not null,
  primary key (organisation_id, account_id, key)
);
