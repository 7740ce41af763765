"""Acts arrive in their order, each once, whatever becomes of the messages that carry them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interface.acts import Act, news

OURS = "ours"


def message(first, last, of=OURS):
    """Return what the browser sends while the acts from `first` to `last` wait for an answer."""
    return {
        "of": of,
        "done": [{"n": n, "name": "set", "value": -n} for n in range(first, last + 1)],
    }


@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(0, 5)), max_size=30),
    st.lists(st.sampled_from([OURS, "another"]), max_size=30),
)
def test_acts_are_taken_in_once_and_in_order(windows, sessions):
    taken, heard = 0, []
    for (first, more), of in zip(windows, sessions, strict=False):
        for act in news(message(first, first + more, of), OURS, taken):
            taken = act.n
            heard.append(act.n)
    assert heard == sorted(set(heard))
    ours = [w for w, of in zip(windows, sessions, strict=False) if of == OURS]
    assert (heard[-1:] or [0])[0] == max((first + more for first, more in ours), default=0)


@given(st.integers(1, 20), st.data())
def test_nothing_is_lost_or_done_twice_on_a_line_that_delays_and_repeats(count, data):
    """The browser's half (`core/acts.js`): what waits is sent whole, and dropped once answered."""
    taken, known, heard, sent = 0, 0, [], []
    for n in range(1, count + 1):
        sent.append(message(known + 1, n))
        late = data.draw(st.lists(st.sampled_from(sent), max_size=3))
        for one in late:
            found = news(one, OURS, taken)
            heard += [act.n for act in found]
            taken = heard[-1] if heard else 0
        known = data.draw(st.integers(known, taken))
    heard += [act.n for act in news(sent[-1], OURS, taken)]
    assert heard == list(range(1, count + 1))


def test_an_act_told_twice_in_one_message_is_done_once():
    told = message(1, 2)
    told["done"] += told["done"]
    assert news(told, OURS, 0) == [Act(1, "set", -1), Act(2, "set", -2)]


@pytest.mark.parametrize(
    "told",
    [
        None,
        "acts",
        {},
        {"of": OURS},
        {"of": OURS, "done": None},
        {"of": OURS, "done": ["set", None, 3, {}, {"n": "1"}, {"n": True}, {"n": 1.5}]},
        message(1, 3, of="another"),
        message(1, 3) | {"of": None},
    ],
)
def test_what_is_no_act_of_this_session_does_nothing(told):
    assert news(told, OURS, 0) == []
