package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.InstanceState.ProcessState;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.pgvalue.Lsn;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.FieldPath;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The declared primary is the primary, and nobody else is, or would be if it were started. */
final class RolesAreAsDeclared implements Expectation {
    private static final FieldPath PRIMARY = FieldPath.of("primary");

    @Override
    public Stream<Finding> unmet(SideBySide look) {
        List<NodeName> primaries = look.tree().primaries();
        return look.nodes().stream()
                .flatMap(node -> primaries.size() > 1 && primaries.contains(node)
                        ? Stream.of(oneOfSeveral(look, node, primaries))
                        : otherRole(look, node).stream());
    }

    private static Difference oneOfSeveral(SideBySide look, NodeName node, List<NodeName> primaries) {
        String others = primaries.stream()
                .filter(other -> !other.equals(node))
                .map(NodeName::value)
                .collect(Collectors.joining(" and "));
        String position = look.server(node)
                .map(server -> ", on timeline " + server.timeline()
                        + server.flushed()
                                .map(Lsn::toString)
                                .map(at -> " at " + at)
                                .orElse(""))
                .orElse("");
        return Difference.of(
                        look.subject(node),
                        DriftKind.SEVERAL_PRIMARIES,
                        PRIMARY,
                        node.equals(look.primary()) ? "the only primary" : "a standby",
                        "a primary beside " + others + position)
                .byHand("which one do clients write to? stop the other one first, and keep its data");
    }

    private static Optional<Difference> otherRole(SideBySide look, NodeName node) {
        return node.equals(look.primary()) ? notPrimary(look, node) : notStandby(look, node);
    }

    private static Optional<Difference> notPrimary(SideBySide look, NodeName primary) {
        if (look.server(primary).filter(ServerFacts::inRecovery).isPresent()) {
            return Optional.of(difference(look, primary, "primary", "a standby").byHand(whoElse(look)));
        }
        if (isStopped(look, primary) && hasSignal(look, primary)) {
            return Optional.of(difference(look, primary, "primary", "a standby, as which it would start")
                    .because("there is a standby.signal in its data directory")
                    .byHand(whoElse(look)));
        }
        if (look.instance(primary).filter(InstanceState::recoverySignal).isPresent()) {
            boolean isUp = look.server(primary).isPresent();
            return Optional.of(difference(
                            look,
                            primary,
                            "primary",
                            isUp
                                    ? "a primary, whose next start is a recovery from an archive"
                                    : "an instance that would recover from an archive, if it were started")
                    .because("there is a recovery.signal in its data directory")
                    .byHand("remove the file, unless a recovery is meant"));
        }
        if (look.server(primary).isPresent() && hasSignal(look, primary)) {
            return Optional.of(difference(look, primary, "primary", "a primary, whose next start makes it a standby")
                    .because("there is a standby.signal in its data directory")
                    .byHand("remove the file, if " + primary + " is to stay the primary"));
        }
        return Optional.empty();
    }

    private static String whoElse(SideBySide look) {
        return look.actualPrimary()
                .map(actual -> "write  primary: " + actual + "  into the file, if that is how it should stay")
                .orElse("which node was the primary last, and is  primary:  right? apply never promotes");
    }

    private static Optional<Difference> notStandby(SideBySide look, NodeName standby) {
        if (look.server(standby).filter(server -> !server.inRecovery()).isPresent()) {
            return Optional.of(difference(look, standby, "standby", "a primary").byHand(whoElse(look)));
        }
        if (look.server(standby).isPresent() && !hasSignal(look, standby)) {
            return Optional.of(difference(look, standby, "standby", "a standby, whose next start makes it a primary")
                    .because("there is no standby.signal in its data directory"));
        }
        return isStopped(look, standby) && !hasSignal(look, standby)
                ? Optional.of(difference(look, standby, "standby", "a primary, as which it would start")
                        .because("there is no standby.signal in its data directory")
                        .byHand("was it a primary? do not start it before that is clear"))
                : Optional.empty();
    }

    private static Difference difference(SideBySide look, NodeName node, String declared, String observed) {
        return Difference.of(look.subject(node), DriftKind.OTHER_ROLE, PRIMARY, declared, observed);
    }

    private static boolean isStopped(SideBySide look, NodeName node) {
        return look.instance(node)
                .filter(instance -> instance.process() == ProcessState.STOPPED)
                .isPresent();
    }

    private static boolean hasSignal(SideBySide look, NodeName node) {
        return look.instance(node).filter(InstanceState::standbySignal).isPresent();
    }
}
