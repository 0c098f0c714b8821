/** How files and values are read before they are compared. */
@NullMarked
package io.pgherder.controller.drift;

import org.jspecify.annotations.NullMarked;
