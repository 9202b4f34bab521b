"""Read JSON text, and change it only at the places that change: elsewhere it stays byte for byte.

reading     bytes -> text -> value, or a BadRecord that says where
operations  Set and Append; what they do to a parsed value; the fewest that lead from one value to another
surrogates  lone surrogates, spelled out when read and escaped again when written
scan        where the places that operations name stand in a text
layout      how new text follows the text around it
splicing    all of them: operations put into the text in one pass
"""

from qc_core.json_document.operations import Append, Operation, Set, apply, differences
from qc_core.json_document.reading import parse
from qc_core.json_document.splicing import splice

__all__ = ["Append", "Operation", "Set", "apply", "differences", "parse", "splice"]
