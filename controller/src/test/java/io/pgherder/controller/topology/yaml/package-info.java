/** The reader, theme by theme: what it understands, and every fault with the whole text that a person sees. */
@NullMarked
package io.pgherder.controller.topology.yaml;

import org.jspecify.annotations.NullMarked;
