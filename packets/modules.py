"""The JavaScript modules that run a lane in the browser, by addresses made of menu names.

`rule/adam/rosenbrock`, `surface/rosenbrock`, `schedule/cosine`; for maps of many lanes
`batch/adam/rosenbrock`, or `batch/adam/rosenbrock/lr` where the rate differs along them, and of a
few rows with weights that stand for many `sketched/adam/logistic_regression` and
`sketch/logistic_regression`; for the
numbers of the printed rule `numbers/adam/rosenbrock`, or with noise `noisy/adam/rosenbrock`. A
switch that decides a course stands behind the name, `rule/rmsprop~centered=on/sphere`. Numbers are
no part of an address, so one module serves every setting. A formula of one's own stands behind a
question mark, `surface/formula?text=x%5E2`: it is read anew and written from its meaning, so that
nothing that somebody typed ever stands in a module.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from declarations import Choice, Declared, Number, Switch, Text, declarations, menu_key
from engine.compile.javascript_batch import batch_module
from engine.compile.javascript_modules import rule_module, schedule_module, surface_module
from engine.compile.recording import EVEN, WEIGHTED
from engine.compile.tracing import Untraceable
from engine.setup.experiment import Experiment, Lane
from optimizers import OPTIMIZERS, Optimizer
from packets.headers import LaneAddresses
from packets.numbers import numbers
from schedules import SCHEDULES
from surfaces import SURFACES, Surface
from surfaces.data.regression import Regression
from surfaces.data.swept import few

LONGEST = 3200
"""The most characters of an address: one with the longest formula, each character escaped."""


MOST_ALONG = 2
"""The most inputs that differ along lanes: a map's setting, and the rate of a watched loss."""


class NoModule(LookupError):
    """Raised for an address that is none of ours, or for what cannot be recorded."""


class Name(NamedTuple):
    """What a form is called in an address: its menu's word and switches, and what was typed."""

    words: str
    typed: str = ""


def addresses(surface: Surface, lane: Lane) -> LaneAddresses | None:
    """Return the addresses of what runs a lane, or None for a form of no menu."""
    try:
        rule, loss = _name(lane.optimizer, OPTIMIZERS), _name(surface, SURFACES)
        found: LaneAddresses = {
            "rule": _address("rule", rule, loss),
            "surface": _address("surface", loss),
            "schedule": _address("schedule", _name(lane.schedule, SCHEDULES)),
        }
        for address in (found["rule"], found["surface"], found["schedule"]):
            module(address)
    except NoModule:
        return None
    return found


def modules(experiment: Experiment, chosen: int) -> list[LaneAddresses | None]:
    """Return every lane's addresses, the chosen one's numbers among them where there are any."""
    found = [addresses(experiment.surface, lane) for lane in experiment.lanes]
    shown = found[chosen]
    if shown is not None:
        of = shown["rule"].removeprefix("rule/")
        if not (_there(f"numbers/{of}") and _there(f"noisy/{of}")):
            return found
        found[chosen] = {**shown, "numbers": f"numbers/{of}", "noisy": f"noisy/{of}"}
    return found


def maps(lane: LaneAddresses, optimizer: Optimizer, surface: Surface, watched: bool) -> list[str]:
    """Return the addresses of what computes a lane's maps, whatever differs along their rows.

    `watched` says that a schedule watches the loss, so that rates differ along every row.
    """
    groups = isinstance(surface, Regression) and few(surface) is not None
    kind = "sketched/" if groups and not surface.changes else "batch/"
    place, mark, typed = lane["rule"].replace("rule/", kind, 1).partition("?")
    owners = {"optimizer": optimizer, "surface": surface}
    own = [
        f"{owner}.{key}"
        for owner, of in owners.items()
        for key, declaration in of.used().items()
        if isinstance(declaration, Number)
    ]
    inputs = ["noise", *(key for key in own if key != "optimizer.lr")]
    alongs = [{"lr"}, *({key, "lr"} if watched else {key} for key in inputs)]
    names = (",".join(sorted(along)) for along in alongs)
    plain = [] if watched else [place]
    found = [lane["surface"].replace("surface/", "sketch/", 1)] if groups else []
    found += [f"{address}{mark}{typed}" for address in (*plain, *(f"{place}/{n}" for n in names))]
    return [address for address in found if _there(address)]


def _there(address: str) -> bool:
    try:
        module(address)
    except NoModule:
        return False
    return True


@lru_cache(maxsize=2048)
def module(address: str) -> str:
    """Return the source at an address. Raises NoModule."""
    if len(address) > LONGEST:
        raise NoModule(address[:LONGEST])
    place, _, typed = address.partition("?")
    try:
        match place.split("/"):
            case ["rule", rule, loss]:
                return rule_module(_read(rule, OPTIMIZERS), _read(loss, SURFACES, typed))
            case ["batch" | "sketched" as kind, rule, loss, *inputs] if len(inputs) <= 1:
                pair = _read(rule, OPTIMIZERS), _read(loss, SURFACES, typed)
                return batch_module(*pair, _along(inputs, *pair), _columns(kind, pair[1]))
            case ["numbers" | "noisy" as kind, rule, loss]:
                of = _read(rule, OPTIMIZERS), _read(loss, SURFACES, typed)
                return numbers(*of, off=kind == "noisy")
            case ["surface" | "sketch" as kind, loss]:
                surface = _read(loss, SURFACES, typed)
                return surface_module(surface, _columns(kind, surface))
            case ["schedule", plan]:
                return schedule_module(_read(plan, SCHEDULES, typed))
    except Untraceable as problem:
        raise NoModule(address) from problem
    raise NoModule(address)


def _columns(kind: str, surface: Surface) -> int:
    """Return how many numbers a row has; only losses of data have sketches. Raises NoModule."""
    if not kind.startswith("sketch"):
        return EVEN
    if not isinstance(surface, Regression):
        raise NoModule(kind)
    return WEIGHTED


def _along(inputs: Sequence[str], optimizer: Optimizer, surface: Surface) -> frozenset[str]:
    """Return the inputs that differ along the lanes, as an address names them. Raises NoModule."""
    names = [name for text in inputs for name in text.split(",")]
    owners = {"optimizer": optimizer, "surface": surface}
    known = {f"{owner}.{key}" for owner, of in owners.items() for key in of.settings()}
    ours = known.union(("lr", "noise")).issuperset(names)
    if not ours or names != sorted(set(names)) or len(names) > MOST_ALONG:
        raise NoModule("/".join(inputs))
    return frozenset(names)


def _address(kind: str, *names: Name) -> str:
    path, typed = "/".join((kind, *(name.words for name in names))), names[-1].typed
    return f"{path}?{typed}" if typed else path


def _name(value: Declared, menu: Mapping[str, type[Any]]) -> Name:
    """Return the name of a form: the menu's, and the switches that are not as the menu has them."""
    try:
        found = [menu_key(value, menu)]
    except LookupError as problem:
        raise NoModule(type(value).__name__) from problem
    usual, typed = type(value)(), dict[str, str]()
    apart = value.unused() | (value.beside if isinstance(value, Surface) else frozenset())
    for name, declaration in declarations(type(value)).items():
        if isinstance(declaration, Number) or name in apart:
            continue
        if isinstance(declaration, Text):
            typed[name] = getattr(value, name)
        elif not isinstance(declaration, Switch | Choice):
            raise NoModule(name)
        elif getattr(value, name) != getattr(usual, name):
            found.append(f"{name}={declaration.write(getattr(value, name))}")
    return Name("~".join(found), urlencode(typed))


def _read(text: str, menu: Mapping[str, type[Any]], typed: str = "") -> Any:
    """Return an object of the form of that name. Raises NoModule."""
    name, *switches = text.split("~")
    if name not in menu:
        raise NoModule(name)
    kind = menu[name]
    declared: Mapping[str, Any] = declarations(kind)
    pairs = dict(pair.split("=", 1) for pair in switches if "=" in pair) | dict(parse_qsl(typed))
    try:
        found = replace(kind(), **{key: declared[key].read(word) for key, word in pairs.items()})
    except (KeyError, ValueError) as problem:
        raise NoModule(name) from problem
    if _name(found, menu) != (text, typed):
        raise NoModule(name)
    return found
