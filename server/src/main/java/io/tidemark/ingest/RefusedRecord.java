package io.tidemark.ingest;

/// A record that was not stored, and why.
///
/// @param index its position among the records that came with it, from 0
/// @param code stable reason, for programs
/// @param detail for the person who must act: the field and what was expected of it
public record RefusedRecord(int index, String code, String detail) {}
