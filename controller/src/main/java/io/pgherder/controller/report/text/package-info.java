/** What a person sees on a terminal or in a pipe. Plain text first; colour only ever repeats what the words already say. */
@NullMarked
package io.pgherder.controller.report.text;

import org.jspecify.annotations.NullMarked;
