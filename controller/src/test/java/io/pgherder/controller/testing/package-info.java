/**
 * Real agents and real PostgreSQL for tests, on this machine: every agent a process of its own, at an address of its own, under an
 * ordinary account; the controller as the process that a person starts. Ports and directories are chosen free, so that runs can stand
 * side by side; whatever was started is stopped, also when the test fails.
 */
@NullMarked
package io.pgherder.controller.testing;

import org.jspecify.annotations.NullMarked;
