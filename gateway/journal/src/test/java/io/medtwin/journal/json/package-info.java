@NullMarked
package io.medtwin.journal.json;

import org.jspecify.annotations.NullMarked;
