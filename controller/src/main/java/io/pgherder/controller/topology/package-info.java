/**
 * Desired state: one cluster as its file declares it, complete and consistent once it is built. No I/O, no clock; reading the file is
 * the business of {@code topology.yaml}.
 */
@NullMarked
package io.pgherder.controller.topology;

import org.jspecify.annotations.NullMarked;
