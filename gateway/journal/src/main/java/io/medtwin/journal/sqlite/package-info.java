/**
 * The journal in one SQLite file: write-ahead log, one commit for everything that waits, {@code
 * synchronous=FULL}. Entries and notes flow in; kept entries flow out in order. The only package
 * that sees SQLite.
 */
@NullMarked
package io.medtwin.journal.sqlite;

import org.jspecify.annotations.NullMarked;
