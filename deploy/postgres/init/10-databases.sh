#!/bin/bash
# Databases of the registry and of Airflow, each with its owner. Run once, by the image, on an empty data folder.
set -euo pipefail
for owner in registry airflow; do
    psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -v owner="$owner" -v password="$(cat "/run/secrets/$owner-password")" <<'SQL'
CREATE ROLE :"owner" LOGIN PASSWORD :'password';
CREATE DATABASE :"owner" OWNER :"owner";
SQL
done
