package io.pgherder.controller.topology.yaml.rule;

import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.topology.yaml.draft.Draft;

import static io.pgherder.controller.topology.TopologyProblem.REPLICATION_AS_SUPERUSER;

/** The replication role is one of its own: it is given a password that lies on every standby's host. */
final class ReplicationIsNoSuperuser implements Rule {
    @Override
    public void check(Draft draft, Problems problems) {
        draft.replicationUser()
                .filter(user -> user.text().equals(draft.postgres().superuserName()))
                .ifPresent(user -> problems.add(user.problem(
                                REPLICATION_AS_SUPERUSER, "standbys would log in as the superuser, \"" + user + "\"")
                        .detail("apply gives the role a password, which then lies on the host of every standby")
                        .hint("name a role of its own, such as \"rep\": apply creates it")));
    }
}
