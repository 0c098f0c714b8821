/**
 * One rule per file, each a sentence: what it wants done, given a situation, and why. Rules do not know each other; the order of their
 * steps follows from the conditions that the steps need and make.
 */
@NullMarked
package io.pgherder.controller.plan.rule;

import org.jspecify.annotations.NullMarked;
