//! 体检: what must hold, said again by separate code. Shares nothing with decide and evolve but
//! days: whatever builds a state, something written apart says what must be true of it.
