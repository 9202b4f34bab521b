"""Read JSON text, and edit it in place: bytes that an edit does not change stay as they are.

reading     bytes -> text -> value; BadRecord with line and column otherwise
operations  Set and Append: applied to a parsed value, or computed as the difference of two values
patch       conditions and operations: what a store applies in one step
surrogates  lone surrogates: shown as six characters, written back as the escape
scan        find the positions of paths in a text
layout      detect indentation and separators, so that new text matches the text next to it
splicing    all of them: apply operations to the text in one pass

For example::

    operations = [Set(("metrics", 3, "value"), 0.5), Append(("metrics", 3, "status_history"), entry)]
    new_bytes = splice(old_bytes, operations)
"""

from qc_core.json_document.operations import Append, Operation, Set, apply, differences
from qc_core.json_document.reading import parse
from qc_core.json_document.splicing import splice

__all__ = ["Append", "Operation", "Set", "apply", "differences", "parse", "splice"]
