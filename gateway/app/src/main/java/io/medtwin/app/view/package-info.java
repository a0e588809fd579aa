/** What a person at a terminal sees: views of devices flow in, lines of text flow out. */
@NullMarked
package io.medtwin.app.view;

import org.jspecify.annotations.NullMarked;
