"""Reads about people."""

from accounts.queries.people import find_people, reach

__all__ = ["find_people", "reach"]
