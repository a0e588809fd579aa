/** Tests of the log's form. */
@NullMarked
package io.medtwin.app.log;

import org.jspecify.annotations.NullMarked;
