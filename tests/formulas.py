"""Hypothesis strategies for formulas as people type them."""

from hypothesis import strategies as st

LEAVES = st.sampled_from(["x", "y", "a", "b", "pi", "2", "0.5", "3", "1.25", "7"])
SMOOTH = ("sin", "cos", "tanh", "exp", "atan", "sigmoid", "cosh")
KINKED = ("abs", "relu", "sign")


def _combined(functions, pairs):
    def combine(inner):
        return st.one_of(
            st.tuples(inner, st.sampled_from(["+", "-", "*", " "]), inner).map(
                lambda t: f"({t[0]}){t[1]}({t[2]})"
            ),
            st.tuples(st.sampled_from(functions), inner).map(lambda t: f"{t[0]}({t[1]})"),
            st.tuples(inner, st.sampled_from(["^2", "**3", "^1"])).map(lambda t: f"({t[0]}){t[1]}"),
            st.tuples(inner, inner).map(lambda t: f"({t[0]})/(2+({t[1]})^2)"),
            *pairs(inner),
        )

    return combine


def _no_pairs(inner):
    return []


def _pieces(inner):
    return [
        st.tuples(st.sampled_from(["max", "min"]), inner, inner).map(
            lambda t: f"{t[0]}({t[1]}, {t[2]})"
        ),
        st.tuples(inner, st.sampled_from(["<", ">=", "<="]), inner, inner).map(
            lambda t: f"if({t[0]} {t[1]} 0.3, {t[2]}, {t[3]})"
        ),
        inner.map(lambda t: f"sqrt(1+({t})^2)"),
        inner.map(lambda t: f"|{t}|"),
    ]


def smooth():
    """Formulas that are analytic near the real plane."""
    return st.recursive(LEAVES, _combined(SMOOTH, _no_pairs), max_leaves=6).filter(_short)


def any_formula():
    """Formulas of every part of the grammar."""
    return st.recursive(LEAVES, _combined(SMOOTH + KINKED, _pieces), max_leaves=6).filter(_short)


def _short(text):
    return len(text) <= 300
