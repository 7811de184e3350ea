"""Records that nobody changes once they are made.

The type checker holds everybody to it, as with ``dataclass(frozen=True)``; Python itself does not.
There it would set each field through a method, which doubles the time to make a record, and many
are made for each row; and to write these methods takes a tenth of the time that starting takes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from typing_extensions import dataclass_transform
else:

    def dataclass_transform(**_: Any) -> Callable[[Any], Any]:
        """Tell nothing: at run time nobody asks."""
        return lambda decorated: decorated


_Record = TypeVar("_Record")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(made: type[_Record]) -> type[_Record]:
    """Make a class a record: a data class with slots that compares and hashes by its fields."""
    return dataclass(slots=True, unsafe_hash=True)(made)
