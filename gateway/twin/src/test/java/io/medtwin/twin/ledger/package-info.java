/** Tests of counts and of what they tell. */
@NullMarked
package io.medtwin.twin.ledger;

import org.jspecify.annotations.NullMarked;
