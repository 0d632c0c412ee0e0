"""Reads about people."""

from accounts.queries.duplicates import Hint, possible_duplicates
from accounts.queries.people import everybody_who_is, find_people, ids_of, reach

__all__ = ["Hint", "everybody_who_is", "find_people", "ids_of", "possible_duplicates", "reach"]
