"""Routes of the lessons: the list, each lesson with its picture."""

from __future__ import annotations

import json
from functools import cache

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from engine.setup.experiment import Experiment
from lessons.menu import menu
from lessons.picture import picture


def lesson_routes(base: str) -> list[BaseRoute]:
    """Return the routes under `base`."""
    return [Route(f"{base}/lessons/menu.json", listed)]


def listed(request: Request) -> Response:
    """Send all lessons in teaching order, with what the list shows of each and no answer."""
    return Response(_listed(), media_type="application/json")


@cache
def _listed() -> str:
    found = menu()
    lessons = [
        {
            "key": lesson.key,
            "group": lesson.group,
            "title": lesson.title,
            "picture": picture(lesson.experiment),
            "rules": rules(lesson.experiment),
            "words": lesson.experiment.surface.title,
        }
        for lesson in found.lessons
    ]
    groups = [{"key": g.key, "title": g.title, "about": g.about} for g in found.groups]
    return json.dumps({"groups": groups, "lessons": lessons, "problems": found.problems})


def rules(experiment: Experiment) -> str:
    """Return the rules of the lanes, each once."""
    return ", ".join(dict.fromkeys(lane.optimizer.title for lane in experiment.lanes))
