/** Reports as metrics, for programs that collect numbers. */
@NullMarked
package io.pgherder.controller.report.metrics;

import org.jspecify.annotations.NullMarked;
