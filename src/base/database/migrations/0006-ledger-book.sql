-- Double entry: transactions whose postings sum to 0 in each currency, never changed; balances follow from them.
create schema ledger;

create table ledger.account (
  name text not null,
  currency text not null,
  -- smallest units (fen, cent, token)
  balance bigint not null,
  -- null for the world outside, which alone may fall without end
  floor bigint,
  primary key (name, currency),
  constraint account_above_floor check (floor is null or balance >= floor)
);

create table ledger.transaction (
  id uuid primary key,
  -- chosen by whoever asks: the same key is the same transaction
  key text not null unique,
  kind text not null,
  at timestamptz not null,
  reverses uuid unique references ledger.transaction
);

create table ledger.posting (
  transaction_id uuid not null references ledger.transaction,
  n smallint not null,
  account text not null,
  currency text not null,
  minor bigint not null check (minor <> 0),
  primary key (transaction_id, n),
  foreign key (account, currency) references ledger.account (name, currency)
);
create index posting_of_account on ledger.posting (account, currency);

create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'ledger.% is append-only: correct by a reversal', tg_table_name;
end $$;
create trigger transaction_is_append_only before update or delete or truncate on ledger.transaction
  for each statement execute function ledger.refuse_change();
create trigger posting_is_append_only before update or delete or truncate on ledger.posting
  for each statement execute function ledger.refuse_change();

create function ledger.require_balance() returns trigger language plpgsql as $$
begin
  if exists (
    select from ledger.posting where transaction_id = new.transaction_id group by currency having sum(minor) <> 0
  ) then
    raise exception 'the postings of transaction % do not sum to 0', new.transaction_id;
  end if;
  return null;
end $$;
create constraint trigger postings_balance after insert on ledger.posting
  deferrable initially deferred for each row execute function ledger.require_balance();
