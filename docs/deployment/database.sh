#!/bin/sh
# Makes the database and a role that owns it and nothing else; PostgreSQL's image runs this once, as its superuser.
set -eu
psql -v ON_ERROR_STOP=1 -v word="$(cat /run/secrets/evaluation_password)" -U "${POSTGRES_USER:-postgres}" <<'SQL'
CREATE ROLE evaluation LOGIN PASSWORD :'word';
CREATE DATABASE evaluation OWNER evaluation ENCODING 'UTF8' TEMPLATE template0;
REVOKE CONNECT ON DATABASE evaluation FROM PUBLIC;
SQL
