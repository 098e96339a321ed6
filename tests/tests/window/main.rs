//! The real window, driven from outside: what only a whole app can get wrong.
#![cfg(unix)]

mod ask;
mod bad_input;
mod dialogs;
mod drop;
mod keys;
mod own;
mod sample;
mod screens;
mod steps;
mod traces;
