"""What a class says of its attributes: the string under each.

pydantic can look these up by itself (`use_attribute_docstrings`), but searches every loaded module for it, class by class:
a tenth of the time that a server takes to start. Here the source of a module is read once.
"""

import ast
import sys
from functools import lru_cache
from inspect import cleandoc
from itertools import pairwise


def of(described: type) -> dict[str, str]:
    """The strings by attribute; empty where there is no source."""
    return _of_module(described.__module__).get(described.__qualname__, {})


@lru_cache
def _of_module(name: str) -> dict[str, dict[str, str]]:
    spec = sys.modules[name].__spec__
    get_source = getattr(spec and spec.loader, "get_source", lambda _: None)
    tree = ast.parse(get_source(name) or "")
    return {one.name: _of_class(one) for one in tree.body if isinstance(one, ast.ClassDef)}


def _of_class(described: ast.ClassDef) -> dict[str, str]:
    return {
        one.target.id: cleandoc(text.value.value)
        for one, text in pairwise(described.body)
        if isinstance(one, ast.AnnAssign)
        and isinstance(one.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }
