package io.pgherder.controller.importing;

import io.pgherder.controller.problem.Problem;
import java.util.List;

/**
 * Instances that were found and are not members of the cluster: whoever is missing may be one of them.
 *
 * @param why where each is, why it was left out, and what to do about it
 */
record LeftOut(List<String> why) {
    LeftOut {
        why = List.copyOf(why);
    }

    /**
     * Somebody is missing.
     *
     * @param hint what to do if it is none of these
     */
    Problem missing(Problem problem, String hint) {
        if (why.isEmpty()) {
            return problem.hint(hint);
        }
        Problem told = problem;
        for (String each : why) {
            told = told.detail("left out: " + each);
        }
        return told.hint("is it one that was left out? Then do what is said there, and import again; else: " + hint);
    }
}
