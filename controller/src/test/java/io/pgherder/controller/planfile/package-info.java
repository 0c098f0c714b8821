/** Saved plans: kept, compared, refused. */
@NullMarked
package io.pgherder.controller.planfile;

import org.jspecify.annotations.NullMarked;
