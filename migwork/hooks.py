"""How an earlier room lets later ones act or show, without knowing them."""

from collections.abc import Callable


class Hook:
    """A named place where later rooms hang functions, in their AppConfig.ready().

    Functions are called in the order of registration with the keyword arguments
    that `doc` states; what they return comes back as a list.
    """

    def __init__(self, doc: str):
        self.__doc__ = doc
        self._functions: list[Callable] = []

    def register(self, function: Callable) -> Callable:
        if function not in self._functions:
            self._functions.append(function)
        return function

    def call(self, **kwargs) -> list:
        return [function(**kwargs) for function in self._functions]
