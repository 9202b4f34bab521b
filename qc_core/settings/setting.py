"""One row of the table of settings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Environment = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One environment variable.

    field: the field of `Settings`, or of its `Database` where `of_database`.
    group: the heading that it has on the page of settings.
    default: what holds without it, in words for the page of settings.
    example: a value that is valid; "" for a secret.
    secret: its value is a credential: it has no example, and its field is left out of the repr of `Settings`.
    read: from the environment and the variable to the field's value, raising BadSetting; None where the value depends
        on other variables, too, and `Settings.from_env` reads them together.
    """

    variable: str
    field: str
    group: str
    description: str
    default: str
    example: str = ""
    secret: bool = False
    of_database: bool = False
    read: Callable[[Environment, str], object] | None = None
