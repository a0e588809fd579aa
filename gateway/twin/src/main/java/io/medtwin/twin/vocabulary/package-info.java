/**
 * The words of IEEE 11073-10101 that this project knows, with their units and enumerations. The CSV
 * files of {@code device-profiles/vocabulary} flow in; what a code, a name or a unit of a message
 * means, or why that cannot be told, flows out. Pure but for the reading of the files; the only
 * package that sees the CSV library.
 */
@NullMarked
package io.medtwin.twin.vocabulary;

import org.jspecify.annotations.NullMarked;
