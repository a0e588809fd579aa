/**
 * YAML files as their reader wants them: text with positions flows in, typed fields flow out, and
 * every problem of a file is collected with line and suggestion, so that they are reported
 * together. The only package that sees the YAML library.
 */
@NullMarked
package io.medtwin.twin.document;

import org.jspecify.annotations.NullMarked;
