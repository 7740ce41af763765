"""A typed formula means what is printed, has the slopes it should, and is refused in words."""

from dataclasses import replace

import numpy as np
import pytest
import sympy
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sympy.parsing.latex import parse_latex

from engine.compile.floats import scalar_step
from engine.notation import evaluate, parse_expression
from engine.notation.printed import Symbol
from engine.run.run import Run
from engine.run.trajectory import trajectory
from engine.setup.experiment import Experiment
from engine.setup.handles import find, handles, reach
from engine.setup.link import from_json, query, read, to_json, write
from labs.basins.destinations import destinations
from labs.view import View
from optimizers import OPTIMIZERS
from packets.formula import confirmed, found, notes, slopes
from packets.landscape import RESOLUTION, ground, landscape_packet
from packets.packet import unpack
from packets.race import caption, race_packet
from schedules import Constant
from surfaces import KNOWN, SURFACES
from surfaces.formula import Formula
from surfaces.formulas import valleys
from surfaces.formulas.descent import Asked
from surfaces.formulas.grammar import DEEPEST
from surfaces.formulas.program import compiled
from surfaces.formulas.search import critical_points
from surfaces.formulas.words import FUNCTIONS, LONGEST, FormulaError
from tests.formulas import any_formula, smooth
from tests.fuzz.formula import FOUND, broken_promise, covered
from tests.test_export import assert_reproduced
from tests.written import states

RANDOM = np.random.default_rng(5).uniform(-1.5, 1.5, (2, 40))
SETTINGS = {"a": 0.7, "b": -1.3}


def usable(text):
    """The surface of a formula, or None where its derivatives are too long."""
    try:
        return Formula(text=text, **SETTINGS)
    except ValueError:
        return None


def compiled_or_refused(text):
    try:
        return compiled(text)
    except FormulaError as refusal:
        return refusal


@settings(max_examples=150)
@given(smooth())
def test_slopes_are_those_of_a_complex_step(text):
    """f(x + ih) = f(x) + ih f_x for tiny h, without any cancellation."""
    surface = usable(text.replace("atan", "tanh"))
    if surface is None:
        return
    x, y = RANDOM
    h = 1e-30
    with np.errstate(all="ignore"):
        pairs = [(surface.f, surface.df(x, y))]
        xx, xy, yy = surface.d2f(x, y)
        pairs.append((lambda x, y: surface.df(x, y)[0], (xx, xy)))
        pairs.append((lambda x, y: surface.df(x, y)[1], (xy, yy)))
        for function, wanted in pairs:
            for slope, (dx, dy) in zip(wanted, ((h, 0), (0, h)), strict=True):
                moved = function(x + 1j * dx, y + 1j * dy).imag / h
                good = np.isfinite(moved) & np.isfinite(slope) & (np.abs(moved) < 1e100)
                size = 1 + np.abs(moved[good])
                assert np.all(np.abs(slope[good] - moved[good]) <= 1e-8 * size)


@settings(max_examples=200)
@given(any_formula())
@example("2x^2 y|x|^1.5 - -3/4/y sin^2(3x)exp(-|y|)")
@example("if(0 < x <= 1 and y > 0 or x > 3, x^2, if(y < 0, 1, -y))(x+1)")
@example("log10(x^2+1) + log2(y^2+1) + ln(2) + 1e-3x^-2 + 2^-x")
@example("-x^2 - (-y)^2 + 3.·x − relu(x)² + √(x²+y²)")
def test_what_is_printed_is_what_is_computed(text):
    surface = usable(text)
    if surface is None:
        return
    values = {Symbol(name): getattr(surface, name) for name in "abcd"}
    values |= {Symbol("x"): RANDOM[0], Symbol("y"): RANDOM[1]}
    with np.errstate(all="ignore"):
        printed = evaluate(parse_expression(surface.formula), values)
        got = surface.f(*RANDOM)
        scale = np.abs(got) + 1e-9 * np.nanmax(np.abs(got), initial=1.0)
        good = np.isfinite(printed + got)
    np.testing.assert_array_less(np.abs(got - printed)[good], 1e-9 * (1 + scale[good]))


ANALYTIC = (
    "x^2 + 3y^2 + sin(3x)",
    "(1-x)^2 + 100(y - x^2)^2",
    "exp(-x^2 - y^2)/(1 + x^2 y^2)",
    "x^5 y^-3 - 2/x + y^0.5 x^1.5",
    "tan(x/3) + sinh(y) - cosh(x y) + tanh(x - y)",
    "sin^2(3x) cos^3(y) + log(2 + x^2)^2",
    "sqrt(1 + x^2 + a y^2) + x^y + 2^x",
    "log(3 + x y) + e^(b x)",
    "pi x (y + 1)(x - 2)(y - 3)(x + 4)(y + 5)",
)


@pytest.mark.parametrize("text", ANALYTIC)
def test_value_gradient_and_hessian_are_sympy_s(text):
    surface = Formula(text=text, **SETTINGS)
    x, y = sympy.symbols("x y", positive=True)
    known = {"x": x, "y": y, "e": sympy.E, "pi": sympy.pi, **SETTINGS}
    f = parse_latex(surface.formula, backend="antlr")
    f = f.subs({letter: known[letter.name] for letter in f.free_symbols})
    wanted = [f, f.diff(x), f.diff(y), f.diff(x, 2), f.diff(x, y), f.diff(y, 2)]
    points = np.abs(RANDOM) + 0.1
    got = (surface.value(points), *surface.gradient(points), *surface.hessian(points))
    for part, formula in zip(got, wanted, strict=True):
        value = sympy.lambdify((x, y), formula)(*points)
        np.testing.assert_allclose(part, value + 0 * part, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("2xy", "2*x*y"),
        ("x^2y", "(x^2)*y"),
        ("1/2x", "(1/2)*x"),
        ("-x^2", "-(x^2)"),
        ("2^3^2", "2^9"),
        ("x**-y", "x^(-y)"),
        ("2|x||y|", "2*abs(x)*abs(y)"),
        ("|x-|y||", "abs(x-abs(y))"),
        ("sin^2(x)", "(sin(x))^2"),
        ("3sin(x)cos(y)", "3*sin(x)*cos(y)"),
        ("axy", "a*x*y"),
        ("2e", "2*e"),
        ("2e3x", "2000*x"),
        ("x·y − x²×2÷4", "x*y - x^2*2/4"),
        ("max(x, y, 1)", "max(max(x, y), 1)"),
        ("if(0<x<1, 2, 3)", "if(0<x and x<1, 2, 3)"),
        ("+x - +y", "x-y"),
        ("2 x (y)", "2*x*y"),
        (".5x+1.", "0.5*x + 1"),
    ],
)
def test_ways_of_writing_mean_the_same(text, same):
    with np.errstate(all="ignore"):
        one, other = (Formula(text=t, **SETTINGS).value(RANDOM) for t in (text, same))
    np.testing.assert_array_equal(one, other)


REFUSED = {
    "__import__('os').system('ls')": 0,
    "x.real": 1,
    "x[0]": 1,
    "x^2; y": 3,
    "lambda x: x": 8,
    "9^9^9^9": 4,
    "x^65": 2,
    "x^-(64+1)": 2,
    "x^(10*10)": 2,
    "10^(10^(10^10))": 7,
    "х^2": 0,
    "x + у": 4,
    "ｘ + y": 0,
    "x\u200by": 1,
    "x + ": 3,
    "": 0,
    "   ": 0,
    "(x": 1,
    "x)": 1,
    "|x": 1,
    "sin x": 4,
    "sin(x, y)": 0,
    "max(x)": 0,
    "if(x, 1, 2)": 4,
    "if(x<1, 2)": 0,
    "x + z": 4,
    "x = 1": 2,
    "exec(x)": 0,
    "alpha x": 0,
    "1" * 25: 0,
    "1e999": 0,
    "x +* y": 3,
    "(" * (DEEPEST + 1) + "x" + ")" * (DEEPEST + 1): DEEPEST + 1,
    "-" * 200 + "x": DEEPEST + 2,
    "x\n+ y": 1,
}


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("f(x, y) = x^2 + y^2", 8, "write only what stands to the right of ="),
        ("x1^2 + x2^2", 0, "x1 is no name: the two weights are called x and y"),
        ("x + e1", 4, "e1 is no name: the two weights are called x and y"),
        ("Sin(x)", 0, "Sin is not known here: names are written small, as sin"),
        ("alpha x", 0, "alpha is not known here: parameters are a, b, c and d"),
        ("if x<0: y", 6, ": (colon) has no meaning in a formula: pieces are written if(x < 0"),
        ("x < 0", 2, "a comparison stands in if(x < 0, y, x) only"),
        ("3w2", 1, "w2 is no name: the two weights are called x and y"),
        ("x^2 + k y^2", 6, "parameters are called a, b, c and d"),
        ("x + arctan(y)", 4, "write atan"),
        (r"\frac{x}{2}", 0, "LaTeX is not read"),
        ("$x^2$", 0, "dollar"),
        ("np.sin(x)", 2, "write sin(x)"),
        ("X^2 + y^2", 0, "written small"),
        ("x^2 if x > 0 else 3", 13, "write if(x < 0, one formula, another)"),
        ("if x > 0", 3, "as in if(x < 0, y, x)"),
        ("sin x", 4, "as in sin(x)"),
        ("3,5x", 1, "decimals have a point"),
        ("x_1^2", 1, "x and y"),
    ],
)
def test_a_formula_that_people_bring_along_is_told_how_it_is_written_here(text, place, said):
    with pytest.raises(FormulaError) as refusal:
        compiled(text)
    assert refusal.value.place == place
    assert said in str(refusal.value)


def test_no_product_is_advised_that_would_be_refused_as_well():
    with pytest.raises(FormulaError, match=r"; for a product write 1a$"):
        compiled("a1")
    with pytest.raises(FormulaError, match=r"called x and y$"):
        compiled("w1")


@pytest.mark.parametrize(("text", "place"), REFUSED.items())
def test_what_is_no_formula_is_refused_at_the_character(text, place):
    with pytest.raises(FormulaError) as refusal:
        compiled(text)
    assert refusal.value.place == pytest.approx(place, abs=1)
    assert str(refusal.value).startswith(f"character {refusal.value.place + 1}: ")
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("text", ["x" * (LONGEST + 1), "x" * 10_000_000, "(" * 10_000_000])
def test_what_is_too_long_is_not_even_looked_at(text):
    with pytest.raises(FormulaError, match=f"at most {LONGEST}"):
        compiled(text)
    with pytest.raises(ValueError, match="characters are too many"):
        Formula(text=text)


@pytest.mark.parametrize(
    "text",
    [
        "(x+1)(x+2)(x+3)(x+4)(x+5)(x+6)(x+7)(x+8)(x+9)(y+1)(y+2)(y+3)(y+4)" * 4,
        "sin(" * 20 + "x" + ")" * 20,
        "+".join(f"sin({k}x)cos({k}y)" for k in range(1, 18)),
        "x^y^x^y^x^y^x^y",
        "1e99*1e99*1e99*1e99x",
    ],
)
def test_long_formulas_end_soon_in_slopes_or_in_a_sentence(text):
    made = compiled_or_refused(text[:LONGEST])
    assert isinstance(made, FormulaError) or len(made.bends.steps) < 3000


@given(st.text(max_size=60) | st.text("xyab0123456789.+-*/^()|,<>= sincoexplgtmaf", max_size=60))
@settings(max_examples=500)
def test_any_text_is_a_formula_or_refused_in_a_sentence(text):
    made = compiled_or_refused(text)
    if isinstance(made, FormulaError):
        assert 0 <= made.place <= len(text)
        assert len(str(made)) < 500
        return
    surface = Formula(text=text)
    assert set(made.used) <= set("abcd")
    with np.errstate(all="ignore"):
        assert surface.value(RANDOM).shape == RANDOM.shape[1:]
        assert surface.gradient(RANDOM).shape == RANDOM.shape
        evaluate(parse_expression(surface.formula), {Symbol(name): 1.0 for name in "abcdxy"})


@settings(max_examples=40)
@given(any_formula(), st.floats(-10, 10))
def test_a_formula_goes_into_a_link_and_a_file_and_back(text, a):
    if usable(text) is None:
        return
    experiment = Experiment().on(Formula(text=text, a=a, sides="-1,2,-3,4"))
    assert read(write(experiment)) == (experiment, ())
    assert from_json(to_json(experiment)) == (experiment, ())


def test_a_bad_formula_in_a_link_is_told_and_replaced():
    experiment, notices = read({"surface": "formula", "surface.text": "x+foo"})
    assert experiment == Experiment().on(Formula())
    assert notices[0].startswith("surface.text: character 3: foo is not known here")


def test_only_parameters_that_are_mentioned_can_be_turned():
    keys = [h.key for h in handles(Experiment().on(Formula(text="b x^2 + y^2")))]
    assert [key for key in keys if key.startswith("surface.")] == ["surface.b"]


SAME = {
    "sphere": "x^2 + y^2",
    "rosenbrock": "(1-x)^2 + 100(y-x^2)^2",
    "himmelblau": "(x^2+y-11)^2 + (x+y^2-7)^2",
    "l1_valley": "|x| + 10|y|",
    "booth": "(x+2y-7)^2 + (2x+y-5)^2",
    "ackley": "20 + e - 20exp(-sqrt((x^2+y^2)/2)/5) - exp((cos(2pi x)+cos(2pi y))/2)",
    "beale": "(1.5-x+x y)^2 + (2.25-x+x y^2)^2 + (2.625-x+x y^3)^2",
    "six_hump_camel": "(4 - 2.1x^2 + x^4/3)x^2 + x y + 4(y^2-1)y^2",
}


@pytest.mark.parametrize("key", SAME)
@pytest.mark.parametrize("rule", ["gradient_descent", "adam", "newton"])
def test_a_formula_equal_to_a_surface_gives_its_path_within_rounding(key, rule):
    known, own = KNOWN[key](), Formula(text=SAME[key])
    np.testing.assert_allclose(own.value(RANDOM), known.value(RANDOM), rtol=1e-12, atol=1e-13)
    optimizer = OPTIMIZERS[rule]()
    paths = [trajectory(Run(optimizer, s, known.start, 20)).x for s in (known, own)]
    np.testing.assert_allclose(*paths, rtol=1e-8, atol=1e-8)


@pytest.mark.parametrize("key", SAME)
def test_the_minima_that_are_published_are_found(key):
    (x0, x1), (y0, y1) = KNOWN[key]().window
    own = Formula(text=SAME[key], sides=f"{x0},{x1},{y0},{y1}")
    places = [sorted((round(c.x, 5), round(c.y, 5)) for c in s.minima) for s in (own, KNOWN[key]())]
    np.testing.assert_allclose(*places, atol=2e-5)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("x^2 - y^2", ["saddle"]),
        ("-x^2 - y^2", ["maximum"]),
        ("x + y", []),
        ("0x", []),
        ("x^3 - 3x + y^2", ["local minimum", "saddle"]),
        ("x^4 + y^4", ["global minimum"]),
        ("max(|x-1|, |y|)", ["global minimum"]),
        ("1/x + x + y^2", ["local minimum", "saddle"]),
        ("log(x) + y^2", []),
        ("sqrt(-1-x^2)", []),
    ],
)
def test_critical_points_are_found_and_named_for_what_they_are(text, kinds):
    surface = Formula(text=text)
    assert [c.kind for c in surface.critical_points] == kinds
    for c in surface.critical_points:
        assert surface.f(np.float64(c.x), np.float64(c.y)) == pytest.approx(c.value, abs=1e-12)
    assert surface.proven is False
    assert ("No minimum" in found(surface)) == (not kinds)


@settings(max_examples=60)
@given(any_formula())
def test_a_window_and_a_start_are_proposed_for_any_formula(text):
    surface = usable(text)
    if surface is None:
        return
    (x0, x1), (y0, y1) = surface.window
    assert -1e3 < x0 < surface.start[0] < x1 < 1e3
    assert -1e3 < y0 < surface.start[1] < y1 < 1e3
    assert surface.scale in ("linear", "log")
    assert replace(surface, a=3.3).window == surface.window
    for c in surface.critical_points:
        assert x0 < c.x < x1
        assert y0 < c.y < y1
    assert all(map(str, notes(surface)))


@pytest.mark.parametrize(
    "sides", ["1", "1,2,3", "2,1,0,1", "0,1,1,0", "nan,1,0,1", "0,1e9,0,1", "a,b,c,d", "0,1,0,1e-9"]
)
def test_sides_that_are_no_window_are_refused(sides):
    with pytest.raises(ValueError, match=r"Formula\.sides: "):
        Formula(sides=sides)


@pytest.mark.parametrize(
    ("text", "place", "gradient"),
    [
        ("|x| + |y|", (0, 0), (0, 0)),
        ("sqrt(x^2 + y^2)", (0, 0), (0, 0)),
        ("max(2x, y)", (0, 0), (2, 0)),
        ("min(2x, y)", (0, 0), (2, 0)),
        ("if(x <= 0, 3x, 5x) + y", (0, 1), (3, 1)),
        ("|x|^1.5 + y", (0, 0), (0, 1)),
        ("relu(x) + sign(y)", (0, 0), (1, 0)),
    ],
)
def test_the_subgradient_at_a_kink_is_the_one_said(text, place, gradient):
    surface = Formula(text=text)
    np.testing.assert_array_equal(surface.gradient(np.array(place, dtype=float)), gradient)
    assert np.isfinite(surface.hessian(np.array(place, dtype=float))).all()
    assert "Not smooth everywhere" in " ".join(notes(surface))


def test_the_gradient_is_confirmed_by_differences():
    assert "to 1×10⁻⁹" in confirmed(Formula()) or "×10⁻" in confirmed(Formula())
    assert slopes("x^2 + 3y^2 + sin(3x)") == (r"f_x = 2 x + 3 \cos(3 x)", "f_y = 6 y")
    for text, sides in (("x^y", ""), ("log(x) + y^2", "-1, 1, -1, 1"), ("sqrt(x)", "-2, 2, -2, 2")):
        assert "The gradient agrees" in confirmed(Formula(text=text, sides=sides))
    assert "no finite value" in confirmed(Formula(text="1/(x - x) + y"))


def test_numbers_of_slopes_are_set_as_they_are_read_best():
    assert slopes("1e6 x^2 + 1e-6 y^2") == ("f_x = 2000000 x", r"f_y = 2 \cdot 10^{-6} y")
    assert slopes("x^3/9 - 0.1 y^2") == (r"f_x = \frac{1}{3} x^{2}", "f_y = - 0.2 y")
    assert Formula(text="1e6 x + 2e-3 y").formula == r"10^{6} x + 2 \cdot 10^{-3} y"


def test_parentheses_of_slopes_are_as_tall_as_what_they_hold():
    (along,) = slopes("if(x < 0, x, 2)^2")[:1]
    assert along.count(r"\left(") == along.count(r"\right)") == along.count(r"\begin{cases}") > 0


EVERY = "+".join(
    f"{name}({', '.join(['x+1.5', 'y+0.5'][: max(count, 1)]) if count else 'x, y'})"
    for name, count in FUNCTIONS.items()
    if name != "if"
)


@pytest.mark.parametrize("text", [EVERY, "if(x<y or x>=1 and y<=0, x^20, a x^2.5)/(y^2+1)+2^x"])
@pytest.mark.parametrize("rule", ["adam", "newton"])
def test_every_function_runs_on_floats_as_it_is_written(text, rule):
    surface, optimizer = Formula(text=text, a=0.3), OPTIMIZERS[rule]()
    start = np.array([0.4, 0.7])
    scalar_step(optimizer, surface, noisy=False)
    run = trajectory(Run(optimizer, surface, tuple(start), 15))
    with np.errstate(all="ignore"):
        written = np.array([s.w for s in states(Run(optimizer, surface, start, 15, Constant()))])
    there = np.isfinite(run.x).all(axis=1)
    np.testing.assert_array_equal(there, np.isfinite(written).all(axis=1))
    np.testing.assert_allclose(run.x[there], written[there], rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("text", [EVERY, *ANALYTIC[:3], "if(x<0 and a>0, x^2, |x|^2.5)+y^2"])
def test_exported_code_gives_the_same_path(text):
    experiment = replace(Experiment(steps=60), x=0.4, y=0.7).on(Formula(text=text, a=1.5))
    assert_reproduced(experiment)


@pytest.mark.parametrize("text", ["sqrt(-1-x^2)", "0x", "0/0", "1/0", "log(x)", "x^60 - y^60", "5"])
def test_a_formula_with_little_to_see_is_still_shown(text):
    experiment = replace(Experiment(steps=20).on(Formula(text=text)), steps=20)
    header, arrays = unpack(race_packet(experiment, View(lab="theory")))
    assert header["surface"]["title"] == "Your own formula"
    assert len(arrays["x0"]) == 21
    header, arrays = unpack(landscape_packet(experiment.surface, experiment.surface.window))
    assert arrays["loss"].shape == (RESOLUTION, RESOLUTION)
    assert notes(experiment.surface)


def test_the_menu_s_link_names_it():
    assert SURFACES["formula"] is Formula
    assert query(Experiment().on(Formula())) == "surface=formula"


SHARP = {
    "100|2x - y| + x": [],
    "|x^2 - y| + atan(x)": [],
    "30|3x + y| + (x - 1)^2": [(1, -3)],
    "20|x - 3y| + sin(x)": [
        (k * np.pi - np.pi / 2, (k * np.pi - np.pi / 2) / 3) for k in (-2, 0, 2)
    ],
    "|x| + |y| + 3atan(x)": [(-(2**0.5), 0)],
    "|x| + |y| + atan(x)": [(0, 0)],
    "2|x - 0.3| + |y - x| + x": [(0.3, 0.3)],
    "|x| - y^2": [],
    "|x| - |y|": [],
    "|x^3 - 3x| - |y|": [],
}
"""Sums of kinks, and all their minima in sight: along a valley's floor the loss may still fall."""


@pytest.mark.parametrize("text", SHARP)
def test_only_what_is_a_minimum_on_a_kink_is_called_one(text):
    found = Formula(text=text).critical_points
    minima = sorted((c.x, c.y) for c in found if "minimum" in c.kind)
    seen = Formula(text=text).window
    wanted = [p for p in SHARP[text] if all(a < v < b for v, (a, b) in zip(p, seen, strict=True))]
    np.testing.assert_allclose(np.array(minima), np.array(sorted(wanted)), atol=1e-5)
    assert not any(c.kind == "saddle" for c in found)


def test_a_walk_along_a_floor_does_not_leap_into_the_next_valley():
    found = Formula(text="|sin(3x)| + |y| + atan(x)").critical_points
    places = [c.x * 3 / np.pi for c in found]
    np.testing.assert_allclose(places, np.round(places), atol=1e-6)
    assert len(found) >= 15


def test_a_parameter_s_range_is_its_slider_s_and_travels_in_the_link():
    surface = Formula(text="a x^2 + b y^2", a=2.0, a_range="0, 5", b=40.0, b_range="")
    declared = surface.declared()
    assert (declared["a"].low, declared["a"].high) == (0.0, 5.0)
    assert (declared["b"].low, declared["b"].high) == (-10.0, 40.0)
    assert {0.0, 2.0, 5.0} <= set(declared["a"].stops())
    assert len(declared["a"].stops()) == 101
    experiment = Experiment().on(surface)
    handle = find(experiment, "surface.a")
    assert reach(handle, surface.window[0]) == (0.0, 5.0)
    assert write(experiment)["surface.a_range"] == "0, 5"
    assert read(write(experiment)) == (experiment, ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1", "not two numbers"),
        ("a, b", "not two numbers"),
        ("5, 0", "lowest below the highest"),
        ("0, nan", "lowest below the highest"),
        ("0, 1e9", "within 1000 of 0"),
    ],
)
def test_a_range_that_is_none_is_refused_in_words(text, said):
    with pytest.raises(ValueError, match=said):
        Formula(a_range=text)


def test_a_caption_leaves_out_what_is_left_empty():
    said = caption(Experiment().on(Formula(text="a x^2 + y^2")))
    assert said.startswith("Your own formula (text = a x^2 + y^2, a = 1); start")


def test_a_start_is_not_proposed_where_hardly_anything_is_left_to_walk():
    surface = Formula(text="|x + 2y - 1|")
    assert surface.value(np.array(surface.start)) > 1


@pytest.mark.parametrize("text", FOUND)
def test_what_the_fuzzer_found_is_refused_where_it_stands(text):
    assert broken_promise(text) is None


def test_the_fuzzer_reaches_new_lines_and_calls_a_broken_promise_one(monkeypatch):
    known, more = (covered(text)[1] for text in ("x", "if(x < 1, |x|, 2)"))
    assert more - known
    monkeypatch.setattr("tests.fuzz.formula.compiled", lambda text: 1 / 0)
    assert broken_promise("x") == "ZeroDivisionError: division by zero"


def test_what_was_found_is_told_in_words_for_one_and_for_many():
    told = found(Formula(text="2 x^2 - x^4 - y^2"))
    assert told.endswith(": 1 saddle, 2 maxima.")
    many = found(Formula(text="cos(3 x) cos(3 y)"))
    assert "32 global minima, 8 saddles. There may be more: no more than 40" in many
    assert found(Formula(text="x^2 + y^2")).endswith(": 1 global minimum.")
    assert found(Formula(text="x + y")).startswith("No minimum, saddle or maximum")


@pytest.mark.parametrize(
    "text",
    [
        *("(x - y)^2", "x^2", "(x y - 1)^2", "(x^2 + y^2 - 1)^2", "(y - x^2)^2"),
        *("|x - y|", "|x + 2y - 1|", "|x^2 + y^2 - 1|", "|y - x^2|", "|x - y| + (x - y)^2 + 2"),
        *("|x^2 + y^2 - 1|^0.5", "sqrt(|x - y|)", "|x^2 + y^2 - 1|^(1/3)", "|x^2 + y^2 - 1|^0.3"),
    ],
)
def test_a_floor_of_minima_is_said_to_be_a_valley(text):
    assert "a valley of global minima, equally low all along" in found(Formula(text=text))


def test_a_valley_is_one_line_from_end_to_end():
    smooth = {"(x + y)^2": (-4, 4), "max(|x| - 1, 0) + y^2": (-1, 1)}
    kinked = {"|x^2 + y^2 - 1|": (-1, 1), "max(|x| - 1, 0) + |y|": (-1, 1), "|x + y|": (-3, 3)}
    for text, ends in (smooth | kinked).items():
        surface = Formula(text=text)
        pieces = surface.valleys
        assert set(pieces) == {(c.x, c.y) for c in surface.minima}
        x, y = np.array([place for floor in pieces.values() for place in floor.piece]).T
        assert np.all(surface.f(x, y) < (1e-20 if text in smooth else 1e-9))
        np.testing.assert_allclose((x.min(), x.max()), ends, atol=0.01)
        marked = [c for c in ground(surface)["critical"] if c["kind"] == "global minimum"]
        assert all(c["floor"] == list(pieces[c["x"], c["y"]].piece) for c in marked)
        assert {c["valley"] for c in marked} == {0}
        assert marked[0]["said"] == "lowest in this window, all along a valley"
    (alone,) = ground(Formula(text="x^2 + y^2"))["critical"]
    assert alone["floor"] is alone["valley"] is None


@pytest.mark.parametrize(
    ("text", "far"), [("|x^2 + y^2 - 1|", 4e-4), ("(x^2 + y^2 - 1)^2", 4e-4), ("(x - y)^2", 1e-7)]
)
def test_the_distance_to_a_valley_is_that_to_its_floor(text, far):
    """To within a ten thousandth of the window, where its floor bends; on it, 0."""
    surface = Formula(text=text)
    turn = np.linspace(0, 2 * np.pi, 77)
    circle = np.array([np.cos(turn), np.sin(turn)])
    for radius in (0.2, 0.9, 1.0, 1.3):
        true = np.abs(radius - 1) if "^2 + y" in text else np.abs(np.subtract(*circle)) / 2**0.5
        found = surface.distance(radius * circle)
        scale = 1 if "^2 + y" in text else radius
        np.testing.assert_allclose(found, scale * true + 0 * turn, atol=far)
    assert np.all(surface.distance(circle) == 0) or "x - y" in text


def test_a_valley_of_local_minima_is_one_too():
    surface = Formula(text="(x^2 - 1)^2 + x/5", sides="-2, 2, -3, 3")
    both = "a valley of {} minima, equally low all along"
    assert f"{both.format('global')}, {both.format('local')}." in found(surface)
    marked = ground(surface)["critical"]
    assert {(c["kind"], c["valley"], c["x"] < 0) for c in marked} == {
        ("global minimum", 0, True),
        ("local minimum", 1, False),
    }
    assert marked[-1]["said"] == "local minimum, all along a valley"
    assert len(destinations(surface, surface.window).minima) == 2
    off = np.array([0.97, 0.0])
    assert surface.distance(off) > 1.9, "only the lowest valley is a place to arrive"


def test_what_rounding_adds_to_a_number_is_not_printed():
    text = "20 - 24exp(-sqrt((x^2+y^2)/2)/5) + x/3 + 0.1*3x + 1.234567890123456y"
    by_x, by_y = slopes(text)
    assert by_x.startswith(r"f_x = \frac{2.4 e^{")
    assert by_x.endswith(r"+ \frac{19}{30}")
    assert by_y.endswith("+ 1.234567890123456")


DEEP = {
    **{
        f"a cone of depth {depth} among waves": (
            f"20 + e - {depth}exp(-sqrt((x^2+y^2)/2)/5) - exp((cos(2pi x)+cos(2pi y))/2)"
        )
        for depth in range(20, 29)
    },
    "waves on a bowl": "20 + x^2 - 10cos(2pi x) + y^2 - 10cos(2pi y)",
    "waves that turn": "sin(3x) + cos(3y) + 0.1x^2 + 0.1y^2",
    "kinks": "|sin(x)| + |cos(y)| + 0.1(x^2 + y^2)",
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_nothing_in_sight_is_lower_than_the_lowest_minimum_found(text):
    surface = Formula(text=text)
    nodes = np.array(np.meshgrid(*(np.linspace(*side, 401) for side in surface.window)))
    assert surface.lowest == pytest.approx(min(surface.lowest, surface.value(nodes).min()))


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_minima_that_are_equally_low_are_no_valley_where_the_loss_falls_between(text):
    assert not Formula(text=text).valleys


def test_a_valley_leaves_room_for_what_else_is_found():
    surface = Formula(text="(x^2 + y^2 - 1)^2")
    top = surface.critical_points[-1]
    assert top == (pytest.approx(0, abs=1e-9), pytest.approx(0, abs=1e-9), 1, "maximum")
    assert found(surface).endswith("a valley of global minima, equally low all along, 1 maximum.")
    assert surface.window == ((-3, 1.5), (-2.5, 2)), "links from before keep their window"


@pytest.mark.parametrize(
    "text", ["max(0, x^2 + y^2 - 1)", "|x - y| + |x - y - 1|", "max(0, |x| - 1)"]
)
def test_a_plain_with_an_edge_is_no_valley(text):
    assert found(Formula(text=text)).startswith("No minimum, saddle or maximum")


def test_valleys_that_do_not_meet_are_counted():
    surface = Formula(text="(x y - 1)^2", sides="-5, 5, -5, 5")
    assert "2 valleys of global minima, equally low all along, 1 saddle" in found(surface)
    sides = {(c["x"] > 0, c["valley"]) for c in ground(surface)["critical"] if c["floor"]}
    assert sides == {(False, 0), (True, 1)}


@pytest.mark.parametrize(
    "text", ["cos(3 x) cos(3 y)", "(x^2 - 1)^2 + (y^2 - 1)^2", "sin(x)^4 + y^2"]
)
def test_minima_with_a_rise_between_them_are_no_valley(text):
    assert "valley" not in found(Formula(text=text))


@pytest.mark.parametrize(("a", "slope", "bend"), [(0, 0, 0), (1, 1, 0), (2, 0, 2), (3, 0, 0)])
def test_a_power_of_a_whole_parameter_has_the_slopes_of_its_polynomial_at_0(a, slope, bend):
    surface = Formula(text="x^a + y^2", a=float(a))
    assert surface.gradient(np.zeros(2))[0] == slope
    assert [float(part) for part in surface.hessian(np.zeros(2))] == [bend, 0, 2]
    assert surface.compiled.kinks == ()


@pytest.mark.parametrize(
    "text",
    [
        "(1-x)^2 + 200(y-x^2)^2",
        "20 + e - 22exp(-sqrt((x^2+y^2)/2)/5) - exp((cos(2pi x)+cos(2pi y))/2)",
        "x^3 - 3x + y^2",
        "x + y",
    ],
)
def test_a_smooth_formula_is_searched_by_its_slopes(text, monkeypatch):
    surface, looks = Formula(text=text), list[int]()
    looked = valleys.lowest_around

    def counted(*asked):
        looks.append(1)
        return looked(*asked)

    monkeypatch.setattr(valleys, "lowest_around", counted)
    critical_points(Asked(surface.value, surface.gradient, surface.hessian), surface.window)
    assert len(looks) <= 60
