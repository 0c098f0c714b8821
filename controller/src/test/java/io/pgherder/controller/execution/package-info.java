/** Carrying plans out, against agents that are fakes. */
@NullMarked
package io.pgherder.controller.execution;

import org.jspecify.annotations.NullMarked;
