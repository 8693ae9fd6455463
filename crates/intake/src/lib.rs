//! 收: documents and tables in.

pub mod policy;
