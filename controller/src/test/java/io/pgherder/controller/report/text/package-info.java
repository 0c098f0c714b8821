/** What a person reads, asserted whole. */
@NullMarked
package io.pgherder.controller.report.text;

import org.jspecify.annotations.NullMarked;
