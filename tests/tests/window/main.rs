//! The real window, driven from outside: what only a whole app can get wrong.
#![cfg(unix)]

mod ask;
mod away;
mod bad_input;
mod commands;
mod dialogs;
mod drop;
mod hostile;
mod keys;
mod lock;
mod network;
mod own;
mod sample;
mod screens;
mod signatures;
mod start;
mod steps;
mod traces;
