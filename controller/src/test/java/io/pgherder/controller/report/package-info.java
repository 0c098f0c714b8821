/** Reports, rendered whole. */
@NullMarked
package io.pgherder.controller.report;

import org.jspecify.annotations.NullMarked;
