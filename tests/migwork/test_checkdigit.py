"""Codes that people read from paper and type: `migwork.checkdigit`."""

from itertools import combinations

from migwork.checkdigit import CODE_LENGTH, SYMBOLS, new_code, read_code, spaced_code


def test_a_code_is_read_however_it_is_typed():
    code = new_code()
    assert len(code) == CODE_LENGTH
    assert read_code(f" {spaced_code(code).lower()} ") == code
    assert read_code(code.replace("8", "B").replace("2", "Z")) == code


def test_each_wrong_symbol_shows():
    code = new_code()
    for place, right in enumerate(code):
        for wrong in set(SYMBOLS) - {right}:
            assert read_code(code[:place] + wrong + code[place + 1 :]) is None


def test_any_two_that_changed_places_show():
    code = new_code()
    for one, other in combinations(range(CODE_LENGTH), 2):
        mixed = list(code)
        mixed[one], mixed[other] = mixed[other], mixed[one]
        assert read_code("".join(mixed)) == (code if code[one] == code[other] else None)


def test_what_is_no_code_is_none():
    assert read_code("") is read_code("A" * 99) is read_code("٣" * 10) is read_code("O" * 10) is None
