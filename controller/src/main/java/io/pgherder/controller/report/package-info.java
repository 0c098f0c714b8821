/**
 * What is told to people and scripts, as data: each report is built once and then rendered as text or as JSON, so that both say the same.
 */
@NullMarked
package io.pgherder.controller.report;

import org.jspecify.annotations.NullMarked;
