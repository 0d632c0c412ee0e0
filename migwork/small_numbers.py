"""Figures by which somebody could be recognised are not shown, nor those by which such a one could be worked out."""

# Under this one would guess who it is.
LEAST = 5


def hide_small(numbers: list[int]) -> list[int | None]:
    """The parts of a sum that is known, None for the small ones, and for the next one if a small one is alone.

    Zeros go with them, or two hidden parts of a rest of two would be one person each.
    """
    hidden = {n for n, people in enumerate(numbers) if people < LEAST}
    if not any(numbers[n] for n in hidden):
        return list(numbers)
    if len(hidden) == 1 and (others := set(range(len(numbers))) - hidden):
        hidden.add(min(others, key=lambda n: numbers[n]))
    return [None if n in hidden else people for n, people in enumerate(numbers)]
