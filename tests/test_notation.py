"""Formulas are read as a mathematician reads them, refused with a pointer, and set in MathML."""

import math
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from declarations import Number, declarations
from engine.notation import Symbol, display, evaluate, mathml, parse, parse_expression, symbol
from engine.notation.rules import parameters, parsed
from optimizers import OPTIMIZERS
from packets.arithmetic import surface_mathml
from surfaces import KNOWN, OWN, SURFACES

VALUES = {Symbol("a"): 3.0, Symbol("b"): -0.5, Symbol("t"): 4.0}
CORE = {  # https://www.w3.org/TR/mathml-core/
    *("math", "mi", "mn", "mo", "mtext", "mspace", "mrow", "mfrac", "msqrt", "mover"),
    *("msub", "msup", "msubsup", "munderover", "mtable", "mtr", "mtd"),
}
CHILDREN = {"mfrac": 2, "mover": 2, "msub": 2, "msup": 2, "msubsup": 3, "munderover": 3}


class Slanted:
    """The loss x y + y^2, its derivatives written down by hand."""

    def value(self, w):
        return w[0] * w[1] + w[1] ** 2

    def gradient(self, w):
        return np.array((w[1], w[0] + 2 * w[1]))

    def hessian(self, w):
        return 0 * w[0], 1 + 0 * w[0], 2 + 0 * w[0]


def value(text, values=VALUES):
    return evaluate(parse_expression(text), values, Slanted())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"1 - 2 - 3", -4),
        (r"-a + 5", 2),
        (r"-a^2", -9),
        (r"2 a^2 b", -9),
        (r"2 (1 - b) a", 9),
        (r"a / 2 b", -0.75),
        (r"1 / a^2", 1 / 9),
        (r"\frac{1}{1 - b} \cdot a", 2),
        (r"2^{a - 1}", 4),
        (r"\frac1 2", 0.5),
        (r"\sqrt{a + 1} a", 6),
        (r"\left( a - \left| b \right| \right) 2", 5),
        (r"|b| |a| - |a b|", 0),
        (r"\max(a, b, 7) \min(a, b)", -3.5),
        (r"\max\{a, b\}", 3),
        (r"\operatorname{sign}(b) a", -3),
        (r"\operatorname{clip}(a, b, 1)", 1),
        (r"\sin^2 a + \cos^2(a)", 1),
        (r"\cos 2 \pi \sin a", math.sin(3)),
        (r"\sin(a) a", 3 * math.sin(3)),
        (r"e^{-a}", math.exp(-3)),
        (r"\exp\left(\log a\right)", 3),
        (r"\lfloor b \rfloor", -1),
        (r"\sum_{k=1}^{4} k a", 30),
        (r"\min\{k \ge 2 : 2^k > a^2\}", 4),
        (r"\min\{k \ge 0 : 2^k > a^2 \text{ or } k = 2\}", 2),
        (
            r"\begin{cases} 1 & \text{if } a < b \\ 2 & \text{if } b \le 0 < a \\ 3 \end{cases}",
            None,
        ),
        (
            r"\begin{cases} 1 & \text{if } a < b \\ 2 & \text{if } b \le 0 < a \\ 3 &"
            r" \text{otherwise} \end{cases}",
            2,
        ),
        (r"\begin{cases} 1 & t = 4 \text{ and } a \ne 3 \\ 2 & \text{else} \end{cases}", 2),
        (r"\begin{cases} 1 & t = 4 \text{ or } a \ne 3 \\ 2 & \text{else} \end{cases}", 1),
    ],
)
def test_a_formula_means_what_it_says(text, expected):
    if expected is None:
        with pytest.raises(ValueError, match="expected &"):
            parse_expression(text)
    else:
        assert value(text) == pytest.approx(expected, rel=1e-14)


@given(st.floats(-10, 10), st.floats(-10, 10))
def test_vectors_and_matrices(x, y):
    w = np.array((x, y))
    values = {Symbol("w", time=-1): w, Symbol("g"): np.array((1.0, 2.0)), Symbol("a"): 0.5}
    near = {"rtol": 1e-12, "atol": 1e-12}
    np.testing.assert_allclose(value(r"f(w_{t-1} - a g)", values), Slanted().value(w - [0.5, 1]))
    np.testing.assert_allclose(value(r"\nabla f(w_{t-1})", values), (y, x + 2 * y))
    np.testing.assert_allclose(value(r"\left\| w_{t-1} \right\|^2", values), x * x + y * y, **near)
    expected = np.linalg.solve([[0.5, 1], [1, 2.5]], [1, 2])
    newton = value(r"(\nabla^2 f(w_{t-1}) + a I)^{-1} g", values)
    np.testing.assert_allclose(newton, expected, **near)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"m_t", Symbol("m", time=0)),
        (r"\hat{m}_{t-1}", Symbol("m", r"\hat", time=-1)),
        (r"\hat m", Symbol("m", r"\hat")),
        (r"\mu_{t+1}", Symbol(r"\mu", time=1)),
        (r"\beta_1", Symbol(r"\beta", subscript="1")),
        (r"v_{\max, t-1}", Symbol("v", subscript=r"\max", time=-1)),
        (r"\eta_{-}", Symbol(r"\eta", subscript="-")),
        (r"\varepsilon", Symbol(r"\epsilon")),
        (r"\mathrm{lr}_t", Symbol(r"\mathrm{lr}", time=0)),
    ],
)
def test_a_name_is_letter_accent_subscript_mark_and_time(text, expected):
    assert symbol(text) == expected
    assert symbol(str(expected)) == expected


def test_spacing_commands_say_nothing():
    assert parse(r"m_t\,=\;\quad\left(a\right)\!b") == parse("m_t = (a) b")


@pytest.mark.parametrize(
    ("line", "place", "problem"),
    [
        (r"m_t = \beta (", 13, "expected a name"),
        (r"m_t = (a", 8, r"expected \)"),
        (r"m_t = a ) b", 8, "the end"),
        (r"m_t + 2", 4, "expected ="),
        (r"m = \foo x", 4, "expected a name"),
        (r"m = \operatorname{sgn}(x)", 4, "no function"),
        (r"m = x_{1", 8, "expected }"),
        (r"m = a # b", 6, "nothing here"),
        (r"m = \frac{a}", 12, "expected a name"),
        (r"m = \begin{cases} 1 & \text{when } a > 1 \end{cases}", 22, "expected if"),
        (r"m = \begin{cases} 1 & \text{if } a \end{cases}", 35, "expected a relation"),
        (r"m = \begin{cases} 1 & a > 1", 27, "expected .* or .end"),
        (r"m = a^20", 6, "needs braces"),
        (r"m = \frac12", 9, "needs braces"),
        ("", 0, "expected a name"),
    ],
)
def test_a_formula_that_cannot_be_read_is_refused_at_its_place(line, place, problem):
    with pytest.raises(ValueError, match=problem) as caught:
        parse(line)
    assert str(caught.value).splitlines()[1:] == [line, " " * place + "^"]


@given(st.text(r"mgt_^{}()|\,=+-12 &", max_size=20) | st.text(max_size=8))
def test_any_text_is_read_or_refused(text):
    try:
        line = parse(text)
    except ValueError as refusal:
        said = str(refusal)
    else:
        said = text if mathml(line) else ""
    assert text in said


def test_a_name_without_a_value_is_named():
    with pytest.raises(KeyError, match=r"\\hat\{m\}_\{t-1\}"):
        value(r"a + \hat{m}_{t-1}")


@pytest.mark.parametrize("key", [*KNOWN, *OWN])
def test_a_surface_computes_its_printed_formula(key):
    kind = SURFACES[key]
    random = np.random.default_rng(1)
    (left, right), (low, high) = kind().window
    x, y = random.uniform(left, right, 200), random.uniform(low, high, 200)
    numbers = {n: d for n, d in declarations(kind).items() if isinstance(d, Number)}
    for surface in (kind(), kind(**{n: random.choice(d.stops()) for n, d in numbers.items()})):
        values = {**parameters(surface), Symbol("x"): x, Symbol("y"): y}
        printed = evaluate(parse_expression(surface.formula), values)
        np.testing.assert_allclose(surface.f(x, y), printed, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_a_rule_is_set_in_sound_mathml(key):
    for line in parsed(OPTIMIZERS[key]()):
        check(display(mathml(line)))


@pytest.mark.parametrize("key", SURFACES)
def test_a_surface_is_set_in_sound_mathml(key):
    check(surface_mathml(SURFACES[key]()))


def test_what_is_set_is_what_was_printed():
    root = check(display(mathml(parse(r"\hat{v}_t = 0.9 \cdot 2 \beta_1^{t-1} - \sqrt{\epsilon}"))))
    assert "".join(root.itertext()) == "v^t=0.9×2β1t−1−ϵ"
    assert len(root.findall(".//{*}msqrt")) == len(root.findall(".//{*}mover")) == 1


def check(text: str) -> ElementTree.Element:
    """Return the parsed MathML, refusing what is outside MathML Core or has missing parts."""
    root = ElementTree.fromstring(text)
    for element in root.iter():
        name = element.tag.partition("}")[2]
        assert name in CORE
        assert len(element) == CHILDREN.get(name, len(element)), text
        assert "\\" not in (element.text or "")
    return root


def test_an_exponent_stands_at_its_closing_parenthesis():
    """Above a whole group it would float over what is raised inside."""
    inverse = mathml(parse_expression(r"(\nabla^2 f(w) + \lambda I)^{-1}"))
    assert '<msup><mo fence="true" form="postfix" stretchy="false">)</mo>' in inverse
    tall = mathml(parse_expression(r"(\frac{a}{b})^2"))
    assert tall.startswith("<msup><mrow>")
