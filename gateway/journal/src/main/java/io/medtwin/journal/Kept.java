package io.medtwin.journal;

/**
 * A line of the journal in its place.
 *
 * @param position strictly increasing over the whole life of a journal, from 1
 * @param entry what happened
 */
public record Kept(long position, Entry entry) {}
