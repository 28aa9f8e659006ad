//! Tests of whole documents, all of them fictional.
