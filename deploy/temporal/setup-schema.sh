#!/bin/sh
# Creates Temporal's two databases and brings their schemas up to the version of this image. Harmless when repeated.
set -eu

tool() {
  temporal-sql-tool --plugin postgres12 --endpoint postgres --port 5432 --user temporal "$@"
}

for database in temporal temporal_visibility; do
  case $database in
    temporal) schema=temporal ;;
    temporal_visibility) schema=visibility ;;
  esac
  tool --database "$database" create
  # Version 0.0 lays the table of versions; on a database that has one it does nothing.
  tool --database "$database" setup-schema --version 0.0
  tool --database "$database" update-schema --schema-dir "/etc/temporal/schema/postgresql/v12/$schema/versioned"
done
