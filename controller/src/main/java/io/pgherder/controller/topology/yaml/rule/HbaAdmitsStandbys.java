package io.pgherder.controller.topology.yaml.rule;

import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.topology.yaml.draft.Draft;
import io.pgherder.controller.topology.yaml.draft.Written;
import java.util.List;

import static io.pgherder.controller.topology.TopologyProblem.REPLICATION_SHUT_OUT;

/** Some declared line of pg_hba.conf lets the replication role in: without one no standby could ever stream. */
final class HbaAdmitsStandbys implements Rule {
    @Override
    public void check(Draft draft, Problems problems) {
        boolean hasStandbys = draft.nodes().stream().anyMatch(node -> !draft.isPrimary(node));
        if (hasStandbys && draft.hba().isPresent() && draft.replicationUser().isPresent()) {
            check(draft.hba().get(), draft.replicationUser().get(), problems);
        }
    }

    private static void check(List<Written> hba, Written user, Problems problems) {
        boolean isReadable = hba.stream().allMatch(HbaLinesAreWellFormed::isWellFormed);
        if (isReadable && !ReplicationAdmission.isAdmittedFromAnywhere(hba, user.text())) {
            problems.add(user.problem(
                            REPLICATION_SHUT_OUT,
                            "no line of hba lets \"" + user + "\" replicate, from wherever it connects")
                    .detail("standbys log in as \"" + user + "\"; \"all\" in the place of the database does not mean"
                            + " \"replication\"")
                    .hint("add a line like \"host replication " + user + " 10.0.1.0/24 scram-sha-256\" to hba"));
        }
    }
}
