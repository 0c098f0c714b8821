/** Tests of what is made of that which runs. */
@NullMarked
package io.pgherder.controller.importing;

import org.jspecify.annotations.NullMarked;
