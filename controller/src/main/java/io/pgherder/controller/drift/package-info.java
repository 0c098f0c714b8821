/**
 * How what is differs from what is declared, and why: a pure comparison of topology and observation. Neither decides what to do about
 * it; that is the plan's.
 */
@NullMarked
package io.pgherder.controller.drift;

import org.jspecify.annotations.NullMarked;
