-- A short name for addresses: `<organisation>/<data set>` as buyers' clients write it.
alter table guard.organisation add column handle text;
update guard.organisation set handle = 'org-' || substr(id::text, 1, 8);
alter table guard.organisation alter column handle set not null;
alter table guard.organisation add constraint handle_is_plain check (handle ~ '^[a-z0-9][a-z0-9-]{1,62}$');
create unique index organisation_handle on guard.organisation (handle);
