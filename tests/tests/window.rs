//! The real window, driven from outside: what only a whole app can get wrong.
