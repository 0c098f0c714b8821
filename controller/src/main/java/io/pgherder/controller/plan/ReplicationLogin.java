package io.pgherder.controller.plan;

import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.Role;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Condition.RoleReady;
import io.pgherder.controller.plan.Condition.Streams;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * When the replication role can log in to an upstream: the primary has it, and so has the upstream. A standby learns of the role and of
 * its password only by replication; where that is interrupted on the way from the primary, it has to be mended first.
 */
public final class ReplicationLogin {
    private ReplicationLogin() {}

    /** Whether the node's server has the replication role by now, with the declared password as far as that is known. */
    public static boolean isKnownTo(Situation situation, NodeName node) {
        return situation
                .server(node)
                .flatMap(
                        server -> server.role(situation.topology().replication().user()))
                .filter(Role::canReplicate)
                .isPresent();
    }

    /** The same, except that a standby counts as ready once it runs: what its primary has it gets by replication. */
    static boolean isReadyOn(Situation situation, NodeName node) {
        return isKnownTo(situation, node)
                || situation.server(node).filter(ServerFacts::inRecovery).isPresent();
    }

    /** What must be true beside what the action itself needs. */
    public static Set<Condition> to(Situation situation, NodeName upstream) {
        Set<Condition> needs = new LinkedHashSet<>(Set.of(new RoleReady(situation.primary())));
        interruption(situation, upstream).ifPresent(standby -> needs.add(mended(situation, standby)));
        return needs;
    }

    /** Whether the upstream has yet to learn of the role or of its password, and cannot before something above it is mended. */
    public static boolean isInterrupted(Situation situation, NodeName upstream) {
        return interruption(situation, upstream).isPresent();
    }

    /** Whether the files of a standby have to be given the declared role or password before it connects again. */
    public static boolean isToBeWritten(Situation situation, NodeName standby) {
        return situation.passwordFile(standby).isToBeWritten()
                || situation.loginRole(standby).otherInFile().isPresent();
    }

    /** It streams again, wherever that is first: whom it is declared to follow may be below it until then. */
    private static Streams mended(Situation situation, NodeName standby) {
        return new Streams(standby, situation.firstUpstream(standby).onceItStreams());
    }

    private static Optional<NodeName> interruption(Situation situation, NodeName upstream) {
        Set<NodeName> passed = new LinkedHashSet<>(Set.of(situation.primary()));
        Optional<NodeName> at = Optional.of(upstream);
        while (at.isPresent() && situation.runs(at.get()) && !isKnownTo(situation, at.get()) && passed.add(at.get())) {
            NodeName here = at.get();
            at = situation.tree().streamsFrom(here);
            if (at.isEmpty()) {
                return Optional.of(here);
            }
        }
        return Optional.empty();
    }
}
