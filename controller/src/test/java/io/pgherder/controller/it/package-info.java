/**
 * What a person can rely on, tried with real agents and real PostgreSQL through the command that a person types. These tests know nothing
 * of the inside.
 */
@NullMarked
package io.pgherder.controller.it;

import org.jspecify.annotations.NullMarked;
