@NullMarked
package io.medtwin.app.demo;

import org.jspecify.annotations.NullMarked;
