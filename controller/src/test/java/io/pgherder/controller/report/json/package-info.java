/** What scripts read. */
@NullMarked
package io.pgherder.controller.report.json;

import org.jspecify.annotations.NullMarked;
