/** What actions promise beyond their fields. */
@NullMarked
package io.pgherder.controller.plan.action;

import org.jspecify.annotations.NullMarked;
