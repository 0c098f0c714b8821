/** Small clusters, as declared and as seen, that tests are told about. */
@NullMarked
package io.pgherder.controller.sample;

import org.jspecify.annotations.NullMarked;
