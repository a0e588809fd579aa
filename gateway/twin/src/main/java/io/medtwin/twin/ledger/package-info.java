/**
 * The account of every report: what came of it. Reports and answers flow in as counts; balances for
 * people and for the gateway's own twin flow out.
 */
@NullMarked
package io.medtwin.twin.ledger;

import org.jspecify.annotations.NullMarked;
