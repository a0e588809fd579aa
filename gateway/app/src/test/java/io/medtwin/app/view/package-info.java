@NullMarked
package io.medtwin.app.view;

import org.jspecify.annotations.NullMarked;
