"""Maintenance: compact -> expire -> backup -> prove -> audit root.

Merges the archive's small files, removes what no generation holds, backs PostgreSQL and the warehouse up, proves every archived record,
and notes the root of the audit ledger outside the database. The Airflow variable `countinghouse_backup_place` says where to, a folder or a
URI; `countinghouse_backup_keep` which backups stay (7d,4w,12m,5y). A proof that fails means that the archive lost something: the guide
"Proving and tending the archive" says what to do, and the backup made just before is not the one to restore.
"""

from __future__ import annotations

import pendulum
from airflow.sdk import dag

from countinghouse_tasks import assets, pools
from countinghouse_tasks.chain import chain_of

PLACE = "{{ var.value.get('countinghouse_backup_place', '/var/lib/countinghouse/backups') }}"
KEEP = "{{ var.value.get('countinghouse_backup_keep', '7d,4w,12m,5y') }}"


@dag(
    # At two, when the night has published.
    schedule="0 2 * * *",
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    tags=["countinghouse", "maintenance"],
    doc_md=__doc__,
)
def maintenance() -> None:
    chain_of(
        [
            ("compact", ["maintenance", "compact"]),
            ("expire", ["maintenance", "expire", "--older-than", "P3D"]),
            ("backup", ["maintenance", "backup", "--to", PLACE, "--keep", KEEP]),
            ("prove", ["batch", "prove"]),
            ("audit_root", ["audit", "root", "--publish"]),
        ],
        pool=pools.BATCH,
        makes={"backup": assets.BACKUPS},
    )


maintenance()
