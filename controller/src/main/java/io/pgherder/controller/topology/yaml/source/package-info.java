/**
 * From bytes to a tree of values that know their place: what may be read at all, YAML's syntax, and files that extend others. What the
 * values mean is not known here.
 */
@NullMarked
package io.pgherder.controller.topology.yaml.source;

import org.jspecify.annotations.NullMarked;
