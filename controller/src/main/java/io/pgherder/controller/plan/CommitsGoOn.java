package io.pgherder.controller.plan;

import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.SynchronousCommit;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether enough standbys confirm the primary's commits. */
public final class CommitsGoOn {
    private CommitsGoOn() {}

    /** While this standby is away: by the rule in force, and by the declared one, which may be in force by then. */
    public static boolean without(Situation situation, NodeName standby) {
        Optional<ServerFacts> server = situation.server(situation.primary());
        return Stream.concat(Stream.of(declared(situation)), server.flatMap(SynchronousStandbys::waitedFor).stream())
                .filter(rule -> rule.contains(standby))
                .allMatch(rule -> server.filter(facts -> rule.enoughConfirmWithout(standby, facts))
                        .isPresent());
    }

    /**
     * Those that commits wait for once all that is declared is in force: nobody, where synchronous_commit as it is lets them wait for
     * nobody, and is not declared.
     */
    static SynchronousStandbys declared(Situation situation) {
        NodeName primary = situation.primary();
        boolean isLevelDeclared = situation.topology().node(primary).settings().containsKey(SynchronousCommit.SETTING);
        boolean forNobody = !isLevelDeclared
                && situation
                        .server(primary)
                        .filter(SynchronousStandbys::commitsWaitForNobody)
                        .isPresent();
        return forNobody
                ? SynchronousStandbys.NONE
                : SynchronousStandbys.declared(situation.topology().synchronous(), primary);
    }
}
