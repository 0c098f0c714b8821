/**
 * The content of a topology file once it has the right shape, but before anybody has asked whether it makes sense. The keys are a table:
 * the shape check, the reference page and the test of the JSON Schema all read it.
 */
@NullMarked
package io.pgherder.controller.topology.yaml.draft;

import org.jspecify.annotations.NullMarked;
