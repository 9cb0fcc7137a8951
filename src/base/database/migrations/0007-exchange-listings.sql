-- Graded releases on offer, what was ordered, what was used and charged.
create schema exchange;

create table exchange.listing (
  id uuid primary key,
  organisation_id uuid not null references guard.organisation,
  dataset_id uuid not null unique references catalog.dataset,
  handle text not null check (handle ~ '^[a-z0-9][a-z0-9._-]{0,94}$'),
  title jsonb not null,
  summary jsonb not null,
  keywords text[] not null,
  -- weights by which revenue is shared: {"owner", "annotators", "platform"}
  shares jsonb not null,
  -- what the seller declares: {"authorised", "lawful", "deidentified"}
  declarations jsonb not null,
  state text not null check (state in ('draft', 'in-review', 'listed', 'refused', 'withdrawn')),
  reviewed_by uuid references guard.account,
  reviewed_at timestamptz,
  review_note text,
  created_at timestamptz not null,
  unique (organisation_id, handle)
);
create index listing_by_state on exchange.listing (state, created_at, id);

-- A version that is on offer. The commit is the head of its manifest's SHA-256: it names the bytes.
create table exchange.listed_version (
  listing_id uuid not null references exchange.listing,
  version text not null,
  commit text not null unique check (commit ~ '^[0-9a-f]{40}$'),
  folder text not null,
  sheet jsonb not null,
  added_at timestamptz not null,
  primary key (listing_id, version)
);

-- What is charged for at once, with what it holds.
create table exchange.row_group (
  commit text not null references exchange.listed_version (commit),
  path text not null,
  n integer not null,
  start_byte bigint not null,
  end_byte bigint not null,
  first_id text not null,
  last_id text not null,
  n_records bigint not null,
  -- by tokenizer
  tokens jsonb not null,
  primary key (commit, path, n)
);

create table exchange.plan (
  id uuid primary key,
  listing_id uuid not null references exchange.listing,
  kind text not null,
  terms jsonb not null,
  created_at timestamptz not null,
  withdrawn_at timestamptz
);
create index plan_of on exchange.plan (listing_id, created_at, id);

create table exchange.purchase (
  id uuid primary key,
  listing_id uuid not null references exchange.listing,
  plan_id uuid not null references exchange.plan,
  buyer_id uuid not null references guard.organisation,
  placed_by uuid not null references guard.account,
  version text not null,
  price_minor bigint not null check (price_minor >= 0),
  currency text not null,
  transaction_id uuid references ledger.transaction,
  placed_at timestamptz not null
);
create index purchase_of_buyer on exchange.purchase (buyer_id, placed_at desc, id);

-- What a buyer may do, at terms that nobody changes any more; and what was used of it so far.
create table exchange.entitlement (
  id uuid primary key,
  purchase_id uuid not null unique references exchange.purchase,
  listing_id uuid not null references exchange.listing,
  buyer_id uuid not null references guard.organisation,
  kind text not null,
  terms jsonb not null,
  shares jsonb not null,
  currency text not null,
  -- null: every version that is listed while it lasts
  version text,
  starts_at timestamptz not null,
  ends_at timestamptz,
  revoked_at timestamptz,
  revoked_why text,
  records bigint not null default 0,
  tokens bigint not null default 0,
  calls bigint not null default 0,
  charged_minor bigint not null default 0,
  last_sequence bigint,
  last_hash text
);
create index entitlement_of on exchange.entitlement (buyer_id, listing_id, starts_at);

-- One use, with its receipt; never changed.
create table exchange.usage_event (
  id uuid primary key,
  entitlement_id uuid not null references exchange.entitlement,
  sequence bigint not null,
  at timestamptz not null,
  protocol text not null,
  commit text not null,
  subject text not null,
  records bigint not null,
  tokens bigint not null,
  calls bigint not null,
  charge_minor bigint not null check (charge_minor >= 0),
  transaction_id uuid references ledger.transaction,
  receipt jsonb not null,
  unique (entitlement_id, sequence)
);
create trigger usage_event_is_append_only before update or delete or truncate on exchange.usage_event
  for each statement execute function ledger.refuse_change();

-- What was charged for already: a row group, a record, a call.
create table exchange.metered_unit (
  entitlement_id uuid not null references exchange.entitlement,
  unit text not null,
  event_id uuid not null,
  tokens bigint not null,
  primary key (entitlement_id, unit)
);

create table exchange.payment (
  id uuid primary key,
  organisation_id uuid not null references guard.organisation,
  currency text not null,
  minor bigint not null check (minor > 0),
  -- what the payer writes on the transfer
  reference text not null unique,
  state text not null check (state in ('announced', 'confirmed', 'refused')),
  announced_by uuid not null references guard.account,
  announced_at timestamptz not null,
  settled_by uuid references guard.account,
  settled_at timestamptz,
  note text,
  transaction_id uuid references ledger.transaction
);
create index payment_of on exchange.payment (organisation_id, announced_at desc, id);
