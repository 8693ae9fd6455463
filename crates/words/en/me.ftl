# My page: where else the reader is signed in.
me-sessions = Signed-in browsers
me-session-own = this one
me-session-no-post = no post chosen yet
me-session-times = signed in { $opened }, last used { $seen }
me-session-end = Sign it out
