/** The command line, run as a whole with fakes around it. */
@NullMarked
package io.pgherder.controller.cli;

import org.jspecify.annotations.NullMarked;
