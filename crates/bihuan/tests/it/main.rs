//! The one integration test program of `bihuan`: it runs the program as a script would.

mod clock;
mod erase;
mod matters;
mod office;
mod trust;
