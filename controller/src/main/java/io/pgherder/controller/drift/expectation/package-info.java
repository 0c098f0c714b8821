/**
 * What a topology file lets one expect of reality, one expectation a file: each knows how it can fail to hold, and what that looks like.
 * None knows another.
 */
@NullMarked
package io.pgherder.controller.drift.expectation;

import org.jspecify.annotations.NullMarked;
