@NullMarked
package io.medtwin.app.survey;

import org.jspecify.annotations.NullMarked;
