/**
 * Errors as values: what happened, with values, where, and what to do next. A problem is collected, carried to the edge, and
 * shown there; it is thrown only where the caller cannot decide.
 */
@NullMarked
package io.pgherder.controller.problem;

import org.jspecify.annotations.NullMarked;
