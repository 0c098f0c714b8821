/**
 * One reason to refuse per file. Every check speaks before anything is changed, on every host, and all that they find is reported
 * together. Unknown is not false: what could not be seen counts as dangerous wherever it might be.
 */
@NullMarked
package io.pgherder.controller.plan.safety;

import org.jspecify.annotations.NullMarked;
