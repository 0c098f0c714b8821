/**
 * What to do about it: a pure function of topology and observation. A plan says of every step why it is taken, what it costs and what
 * it has to wait for. No I/O, no clock, no logger.
 */
@NullMarked
package io.pgherder.controller.plan;

import org.jspecify.annotations.NullMarked;
