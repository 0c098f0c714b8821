/** How long a look at a whole fleet takes, and how much memory: agents of any number of clusters in one process, and files to match. */
@NullMarked
package io.pgherder.controller.fleet;

import org.jspecify.annotations.NullMarked;
