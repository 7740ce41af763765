"""The JavaScript modules that run a lane in the browser, by addresses made of menu names alone.

`rule/adam/rosenbrock`, `surface/rosenbrock`, `schedule/cosine`, and for the numbers of the printed
rule `numbers/adam/rosenbrock`, or with noise `noisy/adam/rosenbrock`; a switch that decides a
course stands behind the name, `rule/rmsprop~centered=on/sphere`. Numbers are no part of an
address, so one module serves every setting, and nothing that somebody typed ever stands in one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from declarations import Choice, Declared, Number, Switch, declarations
from engine.run.javascript import rule_module, schedule_module, surface_module
from engine.run.tracing import Untraceable
from engine.setup.experiment import Experiment, Lane
from optimizers import OPTIMIZERS
from packets.numbers import numbers
from schedules import SCHEDULES
from surfaces import SURFACES, Surface

LONGEST = 200


class NoModule(LookupError):
    """Raised for an address that is none of ours, or for what cannot be recorded."""


def addresses(surface: Surface, lane: Lane) -> dict[str, str] | None:
    """Return the addresses of what runs a lane, or None where the server has to."""
    try:
        rule, loss = _name(lane.optimizer, OPTIMIZERS), _name(surface, SURFACES)
        found = {
            "rule": f"rule/{rule}/{loss}",
            "surface": f"surface/{loss}",
            "schedule": f"schedule/{_name(lane.schedule, SCHEDULES)}",
        }
        for address in found.values():
            module(address)
    except NoModule:
        return None
    return found


def modules(experiment: Experiment, chosen: int) -> list[dict[str, str] | None]:
    """Return every lane's addresses, the chosen one's numbers among them where there are any."""
    found = [addresses(experiment.surface, lane) for lane in experiment.lanes]
    shown = found[chosen]
    if shown is not None:
        of = shown["rule"].removeprefix("rule/")
        try:
            more = {kind: f"{kind}/{of}" for kind in ("numbers", "noisy") if module(f"{kind}/{of}")}
        except NoModule:
            return found
        found[chosen] = {**shown, **more}
    return found


@lru_cache(maxsize=2048)
def module(address: str) -> str:
    """Return the source at an address. Raises NoModule."""
    if len(address) > LONGEST:
        raise NoModule(address[:LONGEST])
    try:
        match address.split("/"):
            case ["rule", rule, loss]:
                return rule_module(_read(rule, OPTIMIZERS), _whole(loss))
            case ["numbers" | "noisy" as kind, rule, loss]:
                of = _read(rule, OPTIMIZERS), _read(loss, SURFACES)
                return numbers(*of, off=kind == "noisy")
            case ["surface", loss]:
                return surface_module(_read(loss, SURFACES))
            case ["schedule", plan]:
                return schedule_module(_read(plan, SCHEDULES))
    except Untraceable as problem:
        raise NoModule(address) from problem
    raise NoModule(address)


def _name(value: Declared, menu: Mapping[str, type[Any]]) -> str:
    """Return the name of a form: the menu's, and the switches that are not as the menu has them."""
    found = [name for name, kind in menu.items() if kind is type(value)]
    if not found:
        raise NoModule(type(value).__name__)
    usual = type(value)()
    for name, declaration in declarations(type(value)).items():
        if isinstance(declaration, Number) or name in value.unused():
            continue
        if not isinstance(declaration, Switch | Choice):
            raise NoModule(name)
        if getattr(value, name) != getattr(usual, name):
            found.append(f"{name}={declaration.write(getattr(value, name))}")
    return "~".join(found)


def _whole(text: str) -> Surface:
    """Return a surface that every step sees whole; batches of data are drawn by the server."""
    surface: Surface = _read(text, SURFACES)
    if surface.changes:
        raise NoModule(text)
    return surface


def _read(text: str, menu: Mapping[str, type[Any]]) -> Any:
    """Return an object of the form of that name. Raises NoModule."""
    name, *switches = text.split("~")
    if name not in menu:
        raise NoModule(name)
    kind = menu[name]
    declared: Mapping[str, Any] = declarations(kind)
    pairs = dict(pair.split("=", 1) for pair in switches if "=" in pair)
    try:
        found = replace(kind(), **{key: declared[key].read(word) for key, word in pairs.items()})
    except (KeyError, ValueError) as problem:
        raise NoModule(name) from problem
    if _name(found, menu) != text:
        raise NoModule(name)
    return found
