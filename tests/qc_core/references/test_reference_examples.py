"""The examples in the docstring of `reference.parse` are true."""

import re

from qc_core.references import reference

EXAMPLE = re.compile(r" {2,}(\S.*?) → (\w+)")


def test_docstring_of_parse_has_a_true_example_of_each_form() -> None:
    examples = EXAMPLE.findall(str(reference.parse.__doc__))
    given = [(text.replace("{40 digits}", "0" * 40).replace("nothing", ""), form) for text, form in examples]
    assert [type(reference.parse(text)).__name__ for text, _ in given] == [form for _, form in given]
    assert {form for _, form in given} == {form.__name__ for form in reference.Reference.__args__}
