package io.pgherder.controller.plan.safety;

import io.pgherder.controller.drift.OpenDirectory;
import io.pgherder.controller.drift.WeakCommits;
import io.pgherder.controller.observation.HostObservation;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.topology.NodeSpec;
import java.util.List;
import java.util.Optional;

/**
 * An agent that does not know a verb of the plan would leave it half done; one that does not know of {@code config_dir} would write into the
 * data directory what the server never reads, and one that does not know of connection options would connect without them.
 */
final class AgentsAreNewEnough implements SafetyCheck {
    /** All verbs are in the first protocol but those that retire nodes, reset what roles set and restrict permissions. */
    private static final int NEEDED = 1;

    private static final int KNOWS_CONFIG_DIR = 3;

    private static final int RESETS_SYNCHRONOUS_COMMIT = 4;

    private static final int KNOWS_CONNECTION_OPTIONS = 4;

    private static final int RESTRICTS_PERMISSIONS = 5;

    @Override
    public List<Problem> problems(Situation situation) {
        return situation.hosts().stream()
                .filter(HostObservation.Answered.class::isInstance)
                .map(HostObservation.Answered.class::cast)
                .flatMap(host -> problem(situation, host).stream())
                .toList();
    }

    private static Optional<Problem> problem(Situation situation, HostObservation.Answered host) {
        Optional<NodeSpec> elsewhere = situation.topology().nodes().stream()
                .filter(node ->
                        node.host().equals(host.host()) && node.configDir().isPresent())
                .findFirst();
        Optional<NodeName> open = open(situation, host);
        if (open.isPresent() && host.protocol() < RESTRICTS_PERMISSIONS) {
            return Optional.of(
                    problem(host, RESTRICTS_PERMISSIONS + ", to restrict permissions of directories of " + open.get()));
        }
        if (hasWeakCommits(situation, host) && host.protocol() < RESETS_SYNCHRONOUS_COMMIT) {
            return Optional.of(
                    problem(host, RESETS_SYNCHRONOUS_COMMIT + ", to reset synchronous_commit of roles and databases"));
        }
        Optional<NodeSpec> withOptions = situation.topology().nodes().stream()
                .filter(node ->
                        node.host().equals(host.host()) && !node.options().isEmpty())
                .findFirst();
        if (withOptions.isPresent() && host.protocol() < KNOWS_CONNECTION_OPTIONS) {
            return Optional.of(problem(
                    host,
                    KNOWS_CONNECTION_OPTIONS + ", for the connection options of "
                            + withOptions.get().name()));
        }
        int needed = elsewhere.isPresent() ? KNOWS_CONFIG_DIR : NEEDED;
        String why = elsewhere.map(node -> ", for config_dir of " + node.name()).orElse("");
        return host.protocol() < needed ? Optional.of(problem(host, needed + why)) : Optional.empty();
    }

    private static Optional<NodeName> open(Situation situation, HostObservation.Answered host) {
        return situation.topology().nodes().stream()
                .filter(node -> node.host().equals(host.host()))
                .map(NodeSpec::name)
                .filter(node -> OpenDirectory.of(situation, node).stream().anyMatch(OpenDirectory::isOwn))
                .findFirst();
    }

    private static boolean hasWeakCommits(Situation situation, HostObservation.Answered host) {
        return situation.topology().node(situation.primary()).host().equals(host.host())
                && situation
                        .server(situation.primary())
                        .filter(server -> !WeakCommits.on(
                                        server, situation.topology().synchronous())
                                .isEmpty())
                        .isPresent();
    }

    static Problem problem(HostObservation.Answered host, int needed) {
        return problem(host, Integer.toString(needed));
    }

    private static Problem problem(HostObservation.Answered host, String needed) {
        return Problem.of(PreflightProblem.AGENT_TOO_OLD, "the agent of " + host.host() + " is too old")
                .about(host.host())
                .detail("agent version " + host.agentVersion() + ", protocol " + host.protocol() + "; needed: protocol "
                        + needed)
                .hint("install the agent of this pgherder on " + host.host());
    }
}
