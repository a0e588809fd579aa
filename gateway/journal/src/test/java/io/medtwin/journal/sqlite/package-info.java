@NullMarked
package io.medtwin.journal.sqlite;

import org.jspecify.annotations.NullMarked;
