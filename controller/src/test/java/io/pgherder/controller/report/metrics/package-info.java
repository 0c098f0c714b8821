/** What a person reads, asserted whole. */
@NullMarked
package io.pgherder.controller.report.metrics;

import org.jspecify.annotations.NullMarked;
