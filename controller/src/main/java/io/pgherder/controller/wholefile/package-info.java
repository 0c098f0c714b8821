/** Files that are written whole or not at all: staged beside their place, brought to disk, renamed. */
@NullMarked
package io.pgherder.controller.wholefile;

import org.jspecify.annotations.NullMarked;
