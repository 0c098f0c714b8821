/**
 * What a script reads: snake_case names, units in them, WAL positions as text. The shapes are documented in docs/commands.md and only
 * ever grow.
 */
@NullMarked
package io.pgherder.controller.report.json;

import org.jspecify.annotations.NullMarked;
