-- What was done, in order, never changed: the leaves of a Merkle log whose signed checkpoints lie outside of the database.
create table guard.audit_entry (
  position bigint primary key check (position >= 0),
  -- canonical JSON, the bytes that are hashed
  entry text not null
);

create function guard.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'guard.audit_entry is append-only';
end $$;

create trigger audit_entry_is_append_only before update or delete or truncate on guard.audit_entry
  for each statement execute function guard.refuse_change();
