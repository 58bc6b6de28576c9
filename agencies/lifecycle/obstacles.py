"""Obstacles: noted, resolved, and standing again."""

from datetime import date

from django.db import transaction

from agencies.choices import ObstacleKind
from agencies.lifecycle.guards import agency_in_use, refuse
from agencies.models import Obstacle
from agencies.validators import not_yet
from praktik.records import LifecycleError


@transaction.atomic
def note_obstacle(obstacle: Obstacle) -> Obstacle:
    """Something stands in the way. Raises LifecycleError when the agency is archived, or for a day to come."""
    obstacle.agency = agency_in_use(obstacle.agency_id, "noterar ett hinder")
    refuse(not_yet(obstacle.noted_on))
    obstacle.save_record()
    return obstacle


@transaction.atomic
def resolve_obstacle(obstacle: Obstacle, *, on: date) -> Obstacle:
    """An obstacle no longer stands in the way. Raises LifecycleError when it was resolved already."""
    obstacle = Obstacle.objects.select_for_update().get(pk=obstacle.pk)
    if obstacle.resolved_on:
        raise LifecycleError(f"Hindret är redan löst sedan {obstacle.resolved_on}.")
    refuse(not_yet(on))
    if on < obstacle.noted_on:
        raise LifecycleError("Ett hinder kan inte vara löst innan det noterades.")
    obstacle.resolved_on = on
    obstacle.save()
    return obstacle


@transaction.atomic
def obstacle_stands(obstacle: Obstacle, *, on: date) -> Obstacle:
    """Somebody has looked, and it still stands in the way. Raises LifecycleError when it is resolved."""
    obstacle = Obstacle.objects.select_for_update().get(pk=obstacle.pk)
    if obstacle.resolved_on:
        raise LifecycleError(f"Hindret är löst sedan {obstacle.resolved_on}.")
    refuse(not_yet(on))
    obstacle.stood_on = on
    obstacle.save()
    return obstacle


@transaction.atomic
def reopen_obstacle(obstacle: Obstacle) -> Obstacle:
    """Take back that an obstacle was resolved. Raises LifecycleError when the same has been noted anew."""
    obstacle = Obstacle.objects.select_for_update().get(pk=obstacle.pk)
    same = Obstacle.objects.filter(agency=obstacle.agency_id, kind=obstacle.kind, resolved_on__isnull=True)
    if obstacle.kind != ObstacleKind.OTHER and same.exclude(pk=obstacle.pk).exists():
        raise LifecycleError("Samma hinder har noterats igen efter det.")
    obstacle.resolved_on = None
    obstacle.save()
    return obstacle
