/** The ways in which a cluster comes to differ from its file, a row for each, and how a row is tried. */
@NullMarked
package io.pgherder.controller.it.drift;

import org.jspecify.annotations.NullMarked;
