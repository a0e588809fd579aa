/** Tests of the vocabulary, over the files that ship. */
@NullMarked
package io.medtwin.twin.vocabulary;

import org.jspecify.annotations.NullMarked;
