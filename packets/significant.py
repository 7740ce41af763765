"""How a number is said: in so many significant digits, on the page as in the scripts."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

import numpy as np

DIGITS = 5
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def significant(value: float, digits: int = DIGITS) -> str:
    """Write a number with at most so many significant digits, as the page's script does.

    Plain digits for 0.0001 <= |value| < 1000000 and 0, otherwise a×10ⁿ; ties are rounded away
    from zero, NaN is a dash.
    """
    if np.isnan(value):
        return "—"
    if np.isinf(value):
        return "∞" if value > 0 else "−∞"
    exact = Context(prec=digits, rounding=ROUND_HALF_UP)
    rounded = exact.create_decimal(Decimal(float(value)))
    if value == 0 or 1e-4 <= abs(value) < 1e6:
        return _trimmed(f"{abs(rounded):f}", value)
    power = rounded.adjusted()
    return (
        f"{_trimmed(f'{abs(rounded.scaleb(-power)):f}', value)}×10{str(power).translate(_RAISED)}"
    )


def _trimmed(digits: str, value: float) -> str:
    short = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return f"−{short}" if value < 0 else short
