@NullMarked
package io.medtwin.app.config;

import org.jspecify.annotations.NullMarked;
