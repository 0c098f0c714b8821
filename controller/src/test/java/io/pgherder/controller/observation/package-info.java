/** What can be told from one look at a cluster. */
@NullMarked
package io.pgherder.controller.observation;

import org.jspecify.annotations.NullMarked;
