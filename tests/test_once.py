"""An answer is computed once, and what failed is tried again."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from surfaces.formulas.memo import once


def test_threads_that_ask_for_the_same_wait_for_the_one_that_computes_it():
    begun, may_end, computed = threading.Event(), threading.Event(), []

    @once(4)
    def square(number):
        computed.append(number)
        begun.set()
        assert may_end.wait(20)
        return number**2

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(square, 3)
        assert begun.wait(20)
        second = threads.submit(square, 3)
        may_end.set()
        assert (first.result(20), second.result(20)) == (9, 9)
    assert computed == [3]


def test_another_question_does_not_wait():
    begun, may_end = threading.Event(), threading.Event()

    @once(4)
    def slow(name):
        if name == "slow":
            begun.set()
            assert may_end.wait(20)
        return name

    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(slow, "slow")
        assert begun.wait(20)
        assert slow("quick") == "quick"
        may_end.set()
        assert waiting.result(20) == "slow"


def test_what_failed_is_computed_anew():
    tries = []

    @once(4)
    def second_time(number):
        tries.append(number)
        if len(tries) == 1:
            raise ValueError(number)
        return number

    with pytest.raises(ValueError, match="7"):
        second_time(7)
    assert second_time(7) == 7
    assert tries == [7, 7]
