"""From a `Query` and the library to an `Answer`: one module per kind of question."""
