/** Problems as values. */
@NullMarked
package io.pgherder.controller.problem;

import org.jspecify.annotations.NullMarked;
