/**
 * Errors as values: what happened, with values, and what to do next. A problem is made where the facts are known and travels, unchanged,
 * to the person who asked.
 */
@NullMarked
package io.pgherder.agent.problem;

import org.jspecify.annotations.NullMarked;
