-- What the API may end by itself, under the names that Supabase's own database has for it.
CREATE SCHEMA auth;
CREATE VIEW auth.users AS SELECT id, banned_until, deleted_at FROM public.users;
CREATE VIEW auth.sessions AS SELECT id, user_id, created_at FROM public.sessions;
