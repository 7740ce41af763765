"""The letters and accents that a formula may name by a command."""

import re
from collections.abc import Mapping
from functools import lru_cache

LETTERS: Mapping[str, str] = {
    r"\alpha": "α",
    r"\beta": "β",
    r"\gamma": "γ",
    r"\delta": "δ",
    r"\epsilon": "ϵ",
    r"\zeta": "ζ",
    r"\eta": "η",
    r"\theta": "θ",
    r"\iota": "ι",
    r"\kappa": "κ",
    r"\lambda": "λ",
    r"\mu": "μ",
    r"\nu": "ν",
    r"\xi": "ξ",
    r"\pi": "π",
    r"\rho": "ρ",
    r"\sigma": "σ",
    r"\tau": "τ",
    r"\upsilon": "υ",
    r"\phi": "ϕ",
    r"\chi": "χ",
    r"\psi": "ψ",
    r"\omega": "ω",
    r"\Gamma": "Γ",
    r"\Delta": "Δ",
    r"\Theta": "Θ",
    r"\Lambda": "Λ",
    r"\Xi": "Ξ",
    r"\Pi": "Π",
    r"\Sigma": "Σ",
    r"\Phi": "Φ",
    r"\Psi": "Ψ",
    r"\Omega": "Ω",
    r"\varphi": "φ",
    r"\ell": "ℓ",
    r"\infty": "∞",
    r"\star": "⋆",
}

ACCENTS: Mapping[str, str] = {r"\hat": "^", r"\tilde": "~", r"\bar": "¯", r"\dot": "˙"}
"""What stands above a letter, by the command that puts it there."""

_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@lru_cache(maxsize=512)
def plain(symbol: str) -> str:
    """Return a LaTeX symbol as plain text, where no formula can be set: \\beta_1 as β₁."""
    for command, letter in LETTERS.items():
        symbol = re.sub(re.escape(command) + r"(?![a-zA-Z])", letter, symbol)
    symbol = re.sub(r"_\{?(\d+)\}?", lambda found: found[1].translate(_LOWERED), symbol)
    return re.sub(r"[\\{}]", "", symbol).replace("_", " ")
