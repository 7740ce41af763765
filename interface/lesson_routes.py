"""Routes of the lessons: the list, each lesson with its picture."""

from __future__ import annotations

import json
from functools import cache, lru_cache

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from engine.setup.experiment import Experiment
from lessons.ahead import ahead
from lessons.handout import handout
from lessons.headers import LessonCard, LessonMenu
from lessons.lesson import Lesson
from lessons.menu import menu
from lessons.opened import find_lesson
from lessons.picture import picture

LONGEST = 2000


def lesson_routes(base: str) -> list[BaseRoute]:
    """Return the routes under `base`."""
    return [
        Route(f"{base}/lessons/menu.json", listed),
        Route(f"{base}/lessons/handout.html", printed),
        Route(f"{base}/lessons/ahead.json", followed),
    ]


def listed(request: Request) -> Response:
    """Send all lessons in teaching order, with what the list shows of each and no answer."""
    return Response(_listed(), media_type="application/json")


def printed(request: Request) -> Response:
    """Send lessons for print: those that `lesson` names, separated by commas, or all."""
    keys = request.query_params.get("lesson", "")[:LONGEST]
    asked = dict.fromkeys(found for key in keys.split(",") if (found := find_lesson(key)))
    listed = menu().lessons
    wanted = [lesson for lesson in listed if lesson in asked or not keys]
    wanted += [lesson for lesson in asked if lesson not in listed]
    if not wanted:
        return Response("there is no such lesson", 404)
    return Response(_printed(tuple(wanted)), media_type="text/html")


def followed(request: Request) -> Response:
    """Send what follows a lesson's prediction, for pages of a class that go on all at once."""
    lesson = find_lesson(request.query_params.get("lesson", "")[:LONGEST])
    if lesson is None:
        return Response("there is no such lesson", 404)
    return JSONResponse(ahead(lesson))


@lru_cache(maxsize=64)
def _printed(lessons: tuple[Lesson, ...]) -> str:
    return handout(lessons)


@cache
def _listed() -> str:
    found = menu()
    lessons: list[LessonCard] = [
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
    groups = list(found.groups)
    former = {old: lesson.key for lesson in found.lessons for old in lesson.formerly}
    problems = list(found.problems)
    content = LessonMenu(former=former, groups=groups, lessons=lessons, problems=problems)
    return json.dumps(content, ensure_ascii=False)


def rules(experiment: Experiment) -> str:
    """Return the rules of the lanes, each once."""
    return ", ".join(dict.fromkeys(lane.optimizer.title for lane in experiment.lanes))
