"""The programmes and target groups that every installation begins with; an administrator changes and adds to them.

Sources: Statskontoret's follow-ups of the two assignments; the last day for decisions in MBJ is 2018-12-31.
"""

from datetime import date
from typing import Any

from django.db import transaction

from placements.choices import ProgrammeKind

TARGET_GROUPS = {
    "newly_arrived": "nyanlända",
    "disability": "personer med funktionsnedsättning",
    "long_term_unemployed": "långtidsarbetslösa",
}
PROGRAMMES: tuple[tuple[dict[str, Any], tuple[str, ...]], ...] = (
    (
        {
            "code": "PIS",
            "name": "Praktik i staten",
            "kind": ProgrammeKind.INTERNSHIP,
            "months_per_decision": 6,
            "months_in_all": 6,
            "position": 10,
        },
        ("newly_arrived", "disability"),
    ),
    (
        {
            "code": "MBJ",
            "name": "Moderna beredskapsjobb",
            "kind": ProgrammeKind.EMPLOYMENT,
            "months_per_decision": 12,
            "months_in_all": 24,
            "last_day": date(2018, 12, 31),
            "position": 20,
        },
        ("newly_arrived", "long_term_unemployed"),
    ),
)


def after_migrate(sender: Any, using: str, **kwargs: Any) -> None:
    """After the room's migrate: programmes and target groups are there, unless somebody has made others."""
    from placements.models import Programme, TargetGroup

    if Programme.objects.using(using).exists() or TargetGroup.objects.using(using).exists():
        return
    with transaction.atomic(using=using):
        groups = {}
        for code, name in TARGET_GROUPS.items():
            groups[code] = TargetGroup(code=code, name=name)
            groups[code].save_record()
        for facts, accepted in PROGRAMMES:
            Programme(**facts).save_record(target_groups=[groups[code] for code in accepted])
