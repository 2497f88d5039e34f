#!/usr/bin/env bash
# Runs once, when the volume is new: two users who cannot see each other's data. Temporal's own jobs make its databases.
set -euo pipefail
psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" \
  --set=titan="$TITAN_DATABASE_PASSWORD" --set=temporal="$TEMPORAL_DATABASE_PASSWORD" <<'SQL'
CREATE ROLE titan LOGIN PASSWORD :'titan';
CREATE ROLE temporal LOGIN CREATEDB PASSWORD :'temporal';
CREATE DATABASE titan OWNER titan;
REVOKE CONNECT ON DATABASE titan FROM PUBLIC;
SQL
