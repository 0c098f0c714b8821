/**
 * Carrying a plan out: the walk through its steps, as many at once as may be, each at its agent. Acting never decides: what to do, in
 * which order, is the plan's.
 */
@NullMarked
package io.pgherder.controller.execution;

import org.jspecify.annotations.NullMarked;
