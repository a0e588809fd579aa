package io.medtwin.spi;

/**
 * What a reading says: a number with its unit, a code, a text, a stretch of waveform, or why there
 * is none.
 */
public sealed interface Value permits Numeric, Coded, Text, Samples, Absent {}
