"""Lazy public names of a package: a room's face that loads a module only when one of its names is first used."""

import sys
from collections.abc import Callable
from importlib import import_module


def lazy_names(package: str, **names: str) -> Callable[[str], object]:
    """Return a module-level `__getattr__` (PEP 562) for a package.

    Args:
        package: the package's `__name__`.
        names: the public names, separated by blanks, by the submodule that defines them.
    """
    modules = {name: module for module, public in names.items() for name in public.split()}

    def load(name: str) -> object:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value: object = getattr(import_module(f"{package}.{modules[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return load
