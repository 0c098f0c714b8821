package io.pgherder.controller.topology.yaml.rule;

import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.topology.yaml.draft.Draft;

/** One sentence that must be true of every topology. */
@FunctionalInterface
interface Rule {
    void check(Draft draft, Problems problems);
}
