"""What packets say of themselves is what is declared of them, and the stage is told the same."""

from dataclasses import replace
from types import NoneType, UnionType
from typing import (
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from declarations import types
from engine.setup.experiment import Experiment
from interface.declared_types import declared_interface, interface, written
from labs.view import View
from packets.ensemble import ensemble_packet
from packets.headers import (
    HEADERS,
    EnsembleHeader,
    LandscapeHeader,
    OrdersHeader,
    RaceHeader,
    ViewHeader,
)
from packets.landscape import landscape_packet
from packets.maps import orders_packet
from packets.packet import unpack
from packets.race import race_packet
from surfaces import SURFACES
from tests.strategies import experiments


def misfits(value, hint, where=""):
    """Where a value that came through JSON is not what a type hint says."""
    if hint is Any:
        return []
    if hint is ViewHeader:
        kept = types(View)
        lost = [f"{where}: {sorted(set(kept) ^ set(value))}"] if set(value) != set(kept) else []
        return lost or [m for name in kept for m in misfits(value[name], kept[name], name)]
    if is_typeddict(hint):
        fields = get_type_hints(hint)
        if not isinstance(value, dict):
            return [f"{where}: {value!r}"]
        there, extras = set(value) - {"arrays"}, get_type_hints(hint, include_extras=True)
        required = {n for n, part in extras.items() if get_origin(part) is not NotRequired}
        if not required <= there <= set(fields):
            return [f"{where}: {sorted(set(fields) ^ set(value))}"]
        return [m for name in there for m in misfits(value[name], fields[name], name)]
    origin, inside = get_origin(hint), get_args(hint)
    if origin is Literal:
        return [] if value in inside else [f"{where}: {value}"]
    if origin in (Union, UnionType):
        return [] if any(not misfits(value, part) for part in inside) else [f"{where}: {value}"]
    if origin in (list, tuple):
        if not isinstance(value, list):
            return [f"{where}: {value!r}"]
        parts = inside[:1] * len(value) if origin is list or inside[1:] == (...,) else inside
        if len(parts) != len(value):
            return [f"{where}: {value!r}"]
        return [m for v, part in zip(value, parts, strict=True) for m in misfits(v, part, where)]
    if origin is dict:
        if not isinstance(value, dict):
            return [where]
        return [m for v in value.values() for m in misfits(v, inside[1], where)]
    kinds = {float: (int, float), int: int, bool: bool, str: str, NoneType: NoneType}
    fits = isinstance(value, kinds[hint]) and (hint is bool or not isinstance(value, bool))
    return [] if fits else [f"{where}: {value!r} is no {hint.__name__}"]


@settings(max_examples=25)
@given(experiments(), st.integers(0, 5))
def test_a_race_is_what_its_header_declares(experiment, chosen):
    header, _ = unpack(race_packet(experiment, View(chosen=chosen)))
    assert misfits(header, RaceHeader) == []


@pytest.mark.parametrize("kind", SURFACES.values(), ids=SURFACES)
def test_a_landscape_is_what_its_header_declares(kind):
    header, _ = unpack(landscape_packet(kind(), kind().window))
    assert misfits(header, LandscapeHeader) == []


def test_orders_of_rows_are_what_their_header_declares():
    header, _ = unpack(orders_packet(SURFACES["linear_regression"](), 3))
    assert misfits(header, OrdersHeader) == []


def test_a_spread_over_seeds_is_what_its_header_declares():
    part = ensemble_packet(replace(Experiment(), noise=0.5, steps=5), 0)
    assert misfits(unpack(part)[0], EnsembleHeader) == []


VIEWS = (
    View(chosen=3, lab="sweep", marks=("tail",), window=(-1.0, 2.0, -3.0, 4.5), budget=20),
    View(panels=(), camera=(30.0, 20.0, 2.0, 0.1, 0.0, 0.0), reach_up=("a.lr", 0.1, 1.0)),
)


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_sent_as_it_is_declared(view):
    header, _ = unpack(race_packet(Experiment(steps=2), view))
    assert misfits(header["view"], ViewHeader) == []
    for wrong in ({"map": "4d"}, {"marks": ["beard"]}, {"budget": "20"}, {"zoom": []}):
        assert misfits(header["view"] | wrong, ViewHeader)


def test_a_misfit_is_found():
    header, _ = unpack(landscape_packet(SURFACES["sphere"](), ((-1.0, 1.0), (-1.0, 1.0))))
    for wrong in ({"scale": "cubic"}, {"critical": [{}]}, {"title": 3}, {"lowest": [1.0]}):
        assert misfits(header | wrong, LandscapeHeader)
    assert misfits({"title": "no more"}, LandscapeHeader)


def test_types_are_written_as_typescript_has_them():
    hints = {
        str | None: "string | null",
        list[float | None]: "(number | null)[]",
        dict[str, list[int]]: "Record<string, number[]>",
        tuple[float, str]: "[number, string]",
        tuple[float, ...]: "number[]",
        tuple[()] | tuple[str, int]: "[] | [string, number]",
        Literal["a", "b"]: '"a" | "b"',
        RaceHeader: "RaceHeader",
    }
    assert {written(hint): text for hint, text in hints.items()} == {t: t for t in hints.values()}
    assert all(f"interface {kind.__name__} " in interface(kind) for kind in HEADERS)
    assert "LandscapeHeader extends GroundHeader {\n  lowest" in interface(LandscapeHeader)
    assert '  map: "contour" | "3d" | "both";\n' in declared_interface("ViewHeader", View)
    with pytest.raises(TypeError, match="no word"):
        written(bytes)
