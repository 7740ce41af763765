"""Routes that answer a link with a file to take away, each a pure function bound to no session.

Pictures and animations are not among them: the browser makes those, so that two hundred students
who save at once do not wait for one another.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import NamedTuple

import segno
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from engine.export import numpy_script, pytorch_script, trajectories_csv, trajectories_json
from engine.setup.experiment import Experiment
from engine.setup.link import to_json
from interface.desk import ASKED, Desk, asked
from interface.handout import handout, lesson_handout
from interface.network_address import reach
from labs.view import View
from labs.view import asked as read_asked
from lessons.lesson import Lesson
from lessons.opened import OPENED, find_lesson
from lessons.sitting import NAME, apart, read_sitting
from lessons.standing import Standing, read_standing
from lessons.template import template

LONGEST_QR = 1500


MARKED = "utf-8-sig"
"""With a mark at the beginning, without which spreadsheets break letters beyond ASCII."""


class File(NamedTuple):
    """A file to take away: its content and type, how its name ends, and what a menu says of it."""

    make: Callable[[Experiment, View], str]
    type: str
    ending: str
    title: str
    about: str
    encoding: str = "utf-8"
    of_lesson: Callable[[Lesson, Standing], str] | None = None


FILES = {
    "trajectories.csv": File(
        lambda e, _: trajectories_csv(e),
        "text/csv",
        ".csv",
        "Trajectories, CSV",
        "every lane and step: position, loss, gradient, memory",
        MARKED,
    ),
    "trajectories.json": File(
        lambda e, _: trajectories_json(e),
        "application/json",
        "-paths.json",
        "Trajectories, JSON",
        "the same, with all settings",
    ),
    "experiment.json": File(
        lambda e, _: to_json(e),
        "application/json",
        "-experiment.json",
        "Experiment, JSON",
        "the settings alone; Open reads it again",
    ),
    "numpy.py": File(
        lambda e, _: numpy_script(e),
        "text/x-python",
        "_numpy.py",
        "NumPy script",
        "this exact run as a program that needs only NumPy",
    ),
    "pytorch.py": File(
        lambda e, _: pytorch_script(e),
        "text/x-python",
        "_pytorch.py",
        "PyTorch script",
        "the same with torch.optim where PyTorch has the rule",
    ),
    "lesson.toml": File(
        template,
        "application/toml",
        "-lesson.toml",
        "Make a lesson of this",
        "a text file to edit; Lessons opens it",
    ),
    "handout.html": File(
        handout,
        "text/html",
        ".html",
        "Page that plays offline",
        "one file: open it by double click, without network",
        of_lesson=lesson_handout,
    ),
}


def take_routes(base: str, desk: Desk) -> list[BaseRoute]:
    """Return the routes under `base`."""

    async def take(request: Request) -> Response:
        file = FILES.get(request.path_params["name"])
        if file is None:
            return Response("no such file", 404)
        return await taken(desk, request, file)

    return [
        Route(f"{base}/take/qr.svg", qr),
        Route(f"{base}/take/reach", reach),
        Route(f"{base}/take/{{name}}", take),
    ]


async def taken(desk: Desk, request: Request, file: File) -> Response:
    """Send a file for the experiment of the link."""

    pairs = dict(request.query_params)
    lesson = find_lesson(pairs.get(NAME, "")) if file.of_lesson else None
    if file.of_lesson and OPENED.lacks(pairs.get(NAME, "")):
        return Response("This lesson is not here any more: open its file again.", 404)

    def make() -> bytes:
        experiment, view = read_asked(pairs)
        if file.of_lesson and lesson:
            own, rest = apart(pairs)
            sitting, _ = read_sitting(own, lesson)
            text = file.of_lesson(lesson, read_standing(rest, lesson, sitting)[0])
        else:
            text = file.make(experiment, view)
        return text.encode(file.encoding)

    found = await asked(desk, ASKED, request, make)
    if isinstance(found, Response):
        return found
    title = f"lesson-{lesson.key}" if lesson else titled(read_asked(pairs)[0], file)
    headers = {"Content-Disposition": f'attachment; filename="{title}{file.ending}"'}
    return Response(found, media_type=file.type, headers=headers)


def titled(experiment: Experiment, file: File) -> str:
    """Return what a file's name begins with: what was run, in letters, digits, `-` and `_`."""
    joint = "_" if file.ending.endswith(".py") else "-"
    return re.sub(r"[^a-z0-9]+", joint, experiment.surface.title.lower()).strip(joint)


def qr(request: Request) -> Response:
    """Send an address as a QR code (ISO/IEC 18004), black on white whatever the page's theme."""
    text = request.query_params.get("text", "")
    if not text.startswith(("http://", "https://")):
        return Response("not an address", 400)
    if len(text.encode()) > LONGEST_QR:
        return Response("this link is too long for a QR code", 414)
    drawing = io.BytesIO()
    segno.make_qr(text, error="l").save(drawing, kind="svg", border=3, light="#fff", omitsize=True)
    return Response(drawing.getvalue(), media_type="image/svg+xml")
