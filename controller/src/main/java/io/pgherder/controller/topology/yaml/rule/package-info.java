/**
 * What must hold in a topology file beyond its shape. One rule is one file, its name is the sentence that must be true; each says all
 * that it finds and leaves the rest to the others.
 */
@NullMarked
package io.pgherder.controller.topology.yaml.rule;

import org.jspecify.annotations.NullMarked;
