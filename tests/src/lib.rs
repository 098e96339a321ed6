//! What the tests of the whole program stand on. The tests themselves lie in `tests/tests/`.
