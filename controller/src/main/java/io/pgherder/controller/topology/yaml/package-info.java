/**
 * From a YAML file to a {@link io.pgherder.controller.topology.Topology}: every fault of the file at once, each with its file, line and
 * column. SnakeYAML is used here and nowhere else, and only to compose nodes: what a scalar means is decided here.
 */
@NullMarked
package io.pgherder.controller.topology.yaml;

import org.jspecify.annotations.NullMarked;
