@NullMarked
package io.medtwin.app.command;

import org.jspecify.annotations.NullMarked;
