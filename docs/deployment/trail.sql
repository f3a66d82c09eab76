-- Takes the trail out of the hands of the toolkit's own role: it may read and add, and nothing else.
-- Run once by the administrator of the server, in the toolkit's database, after it was first opened.
ALTER TABLE audit OWNER TO CURRENT_USER;
ALTER FUNCTION audit_is_only_added_to() OWNER TO CURRENT_USER;
GRANT SELECT, INSERT ON audit TO evaluation;
-- Who owns a schema may drop what stands in it, and who owns a database may drop that.
ALTER SCHEMA public OWNER TO CURRENT_USER;
GRANT USAGE, CREATE ON SCHEMA public TO evaluation;
SELECT format('ALTER DATABASE %I OWNER TO CURRENT_USER', current_database()) AS statement \gexec
SELECT format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO evaluation', current_database()) AS statement \gexec
