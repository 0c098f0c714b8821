package io.pgherder.controller.report.text;

import io.pgherder.controller.problem.Counted;
import io.pgherder.controller.report.Look;

/** The line that a report about one cluster begins with. */
final class ClusterHeader {
    private ClusterHeader() {}

    /** "Cluster orders, system 7421903344718816021, PostgreSQL 15.20.  5 of 5 agents answered in 0.2s." */
    static String of(Look look) {
        return "Cluster " + look.cluster()
                + system(look)
                + ", PostgreSQL " + String.join(" and ", look.versions())
                + ".  " + look.agentsThatAnswered() + " of " + Counted.of(look.agents(), "agent") + " answered in "
                + TimeSpan.words(look.looking())
                + ".";
    }

    /** A cluster is new only if every node was seen and none has data. */
    private static String system(Look look) {
        return look.systemIdentifier()
                .map(system -> ", system " + system)
                .orElse(look.sawEveryNode() ? ", new" : ", system unknown");
    }
}
