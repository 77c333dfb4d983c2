//! Settled settings.
