package io.pgherder.controller.topology.yaml.rule;

import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.topology.yaml.draft.Draft;

import static io.pgherder.controller.topology.TopologyProblem.UNSUPPORTED_VERSION;

/** A standby is moved by a reload of {@code primary_conninfo}, which PostgreSQL 12 and older cannot do. */
final class VersionIsSupported implements Rule {
    private static final int OLDEST = 13;
    private static final int NEWEST = 18;

    @Override
    public void check(Draft draft, Problems problems) {
        draft.postgres()
                .version()
                .ifPresent(written -> draft.postgres()
                        .majorVersion()
                        .filter(version -> version < OLDEST || version > NEWEST)
                        .ifPresent(version -> problems.add(written.problem(
                                        UNSUPPORTED_VERSION,
                                        "PostgreSQL " + version + " is not among the supported major versions")
                                .detail("supported: " + OLDEST + " to " + NEWEST + "; before " + OLDEST
                                        + " a standby cannot be moved without a restart")
                                .hint("which major version do the hosts have? See: postgres --version"))));
    }
}
