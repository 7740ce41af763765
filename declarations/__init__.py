"""What a slider, a link, a formula and a test need to know about a number, said once.

Everything adjustable is a field of a frozen dataclass, and each field carries its declaration:
symbol, range, scale, default and help. Controls, links, error messages, sweeps and contract
tests are generated from it.
"""

from declarations.choices import Choice, Several, Switch
from declarations.declared import (
    Declaration,
    Declared,
    choice,
    declarations,
    defaults,
    menu_key,
    number,
    outlook,
    rectangle,
    several,
    span,
    switch,
    typed,
    types,
    word,
)
from declarations.number import Number, say
from declarations.places import FARTHEST, NARROWEST, Outlook, Rectangle, Span, Word
from declarations.scale import MOST_STOPS
from declarations.text import Text

__all__ = [
    "FARTHEST",
    "MOST_STOPS",
    "NARROWEST",
    "Choice",
    "Declaration",
    "Declared",
    "Number",
    "Outlook",
    "Rectangle",
    "Several",
    "Span",
    "Switch",
    "Text",
    "Word",
    "choice",
    "declarations",
    "defaults",
    "menu_key",
    "number",
    "outlook",
    "rectangle",
    "say",
    "several",
    "span",
    "switch",
    "typed",
    "types",
    "word",
]
