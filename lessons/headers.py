"""What the page is told of a lesson, field by field: a header for every phase.

`interface/stage/core/packets.d.ts` is written from these for the stage's own type check.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

Part = str | list[Any]
"""Plain words of a sentence, or what is filled in: see `lessons.text.Text.taken_apart`."""


class WordsAsked(TypedDict):
    """A question that is answered by one of a few answers in words."""

    kind: Literal["words"]
    options: list[str]


class AmountAsked(TypedDict):
    """A question that is answered by a number."""

    kind: Literal["number"]
    unit: str


class RankingAsked(TypedDict):
    """A question that is answered by an order of the lanes: a slot and a name each."""

    kind: Literal["ranking"]
    lanes: list[tuple[str, str]]


class PlaceAsked(TypedDict):
    """A question that is answered by the place on the map of a lane at a step."""

    kind: Literal["point"]
    lane: str
    step: int


class CurveAsked(TypedDict):
    """A question that is answered by a lane's loss at some steps, drawn from `first` on."""

    kind: Literal["curve"]
    lane: str
    slot: str
    steps: list[int]
    first: float


Asked = WordsAsked | AmountAsked | RankingAsked | PlaceAsked | CurveAsked


class Measure(TypedDict):
    """What answers of each shape are measured by: what is true, and how far off is right."""

    choice: NotRequired[int | None]
    value: NotRequired[float | None]
    order: NotRequired[list[str]]
    at: NotRequired[list[float] | None]
    powers: NotRequired[list[float | None]]
    off: NotRequired[float]


class TruthHeader(Measure):
    """What the run says to a question, in words and in numbers."""

    words: str


class ReasonedHeader(TruthHeader):
    """What the run says to a question, and which of the reasons is the right one."""

    reason: int | None


class QuestionHeader(TypedDict):
    """A question: its text, the shape of its answer, and reasons to choose from."""

    text: str
    shape: Asked
    reasons: list[str]


class SeenHeader(QuestionHeader):
    """What was to be seen, and what there was."""

    truth: TruthHeader


class LessonFrame(TypedDict):
    """What is told in every phase: the lesson, its place among others, how far one has come."""

    key: str
    title: str
    group: str
    beside: list[tuple[str, str]]
    next: str | None
    previous: str | None
    phases: list[str]
    held: bool
    changed: bool
    sitting: dict[str, str]


class PredictHeader(LessonFrame):
    """The first question."""

    phase: Literal["predict"]
    question: QuestionHeader


class WatchHeader(LessonFrame):
    """The run, how many steps a second it plays and where it slows down, and what was asked."""

    phase: Literal["watch"]
    question: QuestionHeader
    pace: float
    decisive: int | None


class CheckHeader(LessonFrame):
    """The question after what was to be seen."""

    phase: Literal["check"]
    question: QuestionHeader


class AnswersHeader(TypedDict):
    """How an answer is read off a run: the first whose claim holds, or lanes in an order."""

    options: NotRequired[list[tuple[list[Part], list[tuple[Any, str, Any]]]]]
    order: NotRequired[list[Any]]


class SaysHeader(TypedDict):
    """An explanation taken apart, to be said of another run than that of `link`.

    It is true while all claims hold and the answer is the same; `otherwise` says that it is not.
    """

    link: str
    parts: list[Part]
    claims: list[list[tuple[Any, str, Any]]]
    answers: AnswersHeader | None
    otherwise: str


class ExplainHeader(LessonFrame):
    """What was asked, what is true and why; `line` of the rule decides, at `step`."""

    phase: Literal["explain"]
    question: QuestionHeader
    truth: ReasonedHeader
    seen: SeenHeader
    text: str
    says: SaysHeader
    otherwise: str
    line: int
    step: int | None
    variations: list[str]
    caveat: str
    sources: list[str]


class TransferHeader(LessonFrame):
    """The question after one setting has changed."""

    phase: Literal["transfer"]
    question: QuestionHeader


class OutcomeHeader(LessonFrame):
    """What became of the transfer."""

    phase: Literal["outcome"]
    question: QuestionHeader
    pace: float
    truth: TruthHeader
    text: str
    line: int
    sources: list[str]


class TaskHeader(LessonFrame):
    """What is to be reached by sliding, as words and as a claim; whether it is."""

    phase: Literal["task"]
    text: str
    done: bool
    goal: list[tuple[Any, str, Any]]


class AheadHeader(TypedDict):
    """The phases that follow, packed, and what the page has to fetch for them."""

    of: str
    phases: dict[str, str]
    grounds: list[str]
    labs: list[str]
    modules: list[str]


LessonHeader = (
    PredictHeader
    | WatchHeader
    | CheckHeader
    | ExplainHeader
    | TransferHeader
    | OutcomeHeader
    | TaskHeader
)


class LessonRace(TypedDict):
    """What a race says of the lesson that shows it: the address that opens it there, and more."""

    lesson: NotRequired[LessonHeader]
    address: NotRequired[str]
    ahead: NotRequired[AheadHeader]


class LessonGroup(TypedDict):
    """Lessons that belong together."""

    key: str
    title: str
    about: str


class LessonCard(TypedDict):
    """A lesson in the list: its picture, the rules in it, and words it is found by."""

    key: str
    group: str
    title: str
    picture: str
    rules: str
    words: str


class LessonMenu(TypedDict):
    """All lessons in order, present keys by former ones, and what is wrong with files."""

    former: dict[str, str]
    groups: list[LessonGroup]
    lessons: list[LessonCard]
    problems: list[str]


class RoomAnswer(TypedDict):
    """What one page answers, as links keep answers; the reason counts from 0, empty for none."""

    answer: str
    reason: str


class RoomShown(TypedDict):
    """What a lecturer shows: a phase of a lesson, or the address of an experiment and its clock.

    A clock that plays is told with the step at which it began to, and its speed. `turn` counts what
    is told: a clock that is set again to where it was is news.
    """

    lesson: str
    phase: str
    address: str
    step: int
    playing: bool
    speed: float
    turn: int


class RoomNews(TypedDict):
    """What a page of a class hears; how many are there and have answered, only its lecturer."""

    shown: RoomShown | None
    present: NotRequired[int]
    answered: NotRequired[int]


HEADERS: tuple[type, ...] = (
    *(WordsAsked, AmountAsked, RankingAsked, PlaceAsked, CurveAsked),
    *(Measure, TruthHeader, ReasonedHeader, QuestionHeader, SeenHeader),
    *(LessonFrame, PredictHeader, WatchHeader, CheckHeader),
    *(AnswersHeader, SaysHeader, ExplainHeader),
    *(TransferHeader, OutcomeHeader, TaskHeader),
    *(AheadHeader, LessonRace, LessonGroup, LessonCard, LessonMenu),
    *(RoomAnswer, RoomShown, RoomNews),
)
