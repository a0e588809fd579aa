/** Tests of declared drivers, on the shipped profiles. */
@NullMarked
package io.medtwin.driver.declared;

import org.jspecify.annotations.NullMarked;
