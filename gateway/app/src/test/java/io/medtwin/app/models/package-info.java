@NullMarked
package io.medtwin.app.models;

import org.jspecify.annotations.NullMarked;
