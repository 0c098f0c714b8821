package io.pgherder.controller.drift;

import io.pgherder.controller.observation.DirectoryFacts;
import io.pgherder.controller.observation.Ground;
import io.pgherder.controller.observation.HostObservation.Answered;
import io.pgherder.controller.observation.InstanceState.ProcessState;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.NodeSpec;
import java.util.Optional;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * An instance whose WAL is in another directory than the declared one, be it its own pg_wal.
 *
 * @param real where it is
 */
public record WalElsewhere(NodeName node, String dataDir, String declared, String real) {
    public WalElsewhere {
        requireNonNull(node, "node is null");
        requireNonNull(dataDir, "dataDir is null");
        requireNonNull(declared, "declared is null");
        requireNonNull(real, "real is null");
    }

    static String inside(String dataDir) {
        return dataDir + "/pg_wal";
    }

    /** Empty also if it could not be seen where the WAL is. */
    public static Optional<WalElsewhere> of(SideBySide look, NodeName node) {
        return look.ground(node)
                .filter(ground -> !ground.dataDir().walTarget().isEmpty())
                .map(ground -> new WalElsewhere(
                        node,
                        ground.dataDir().path(),
                        declared(ground),
                        ground.dataDir().walTarget()))
                .filter(wal -> !wal.real.equals(wal.declared));
    }

    private static String declared(Ground ground) {
        return ground.walDir()
                .map(DirectoryFacts::path)
                .orElse(inside(ground.dataDir().path()));
    }

    public String observed() {
        return real.equals(inside(dataDir)) ? "WAL in the data directory itself: pg_wal is no link" : "WAL in " + real;
    }

    /** What a person does about it, in this order; whose WAL it is comes first. */
    public String advice(SideBySide look) {
        return owner(look)
                .map(
                        owner -> owner + " has its WAL there: move nothing, and do not start " + node
                                + " anew, before it is clear whose it is; a copy of a data directory has the link of the first one")
                .orElseGet(() -> (isStopped(look) ? "" : "stop " + node + ", then  ") + move()
                        + "  under its account, and apply, which starts it; or correct wal_dir");
    }

    /** The second command is for where the first one has succeeded: a link to nowhere is worse than one to elsewhere. */
    private String move() {
        String link = inside(dataDir);
        return declared.equals(link)
                ? "rm " + link + " && mv -T " + real + " " + declared
                : "mv -T " + real + " " + declared + " && ln -sfn " + declared + " " + link;
    }

    /** Not also one that starts, or that nobody can ask: it writes its WAL all the same. */
    private boolean isStopped(SideBySide look) {
        return look.instance(node)
                .filter(instance -> instance.process() == ProcessState.STOPPED)
                .isPresent();
    }

    /** Several agents may run on one machine, as several hosts; of one that cannot be seen, what is declared counts. */
    private Optional<NodeName> owner(SideBySide look) {
        return look.nodes().stream()
                .filter(other -> !other.equals(node) && mayBeOnOneMachine(look, other))
                .filter(other -> Stream.concat(declaredPlaces(look, other), seenPlaces(look, other))
                        .anyMatch(real::equals))
                .findFirst();
    }

    private boolean mayBeOnOneMachine(SideBySide look, NodeName other) {
        String host = look.topology().node(node).host();
        Optional<Answered> theirs = look.answerOf(other);
        return look.topology().node(other).host().equals(host)
                || theirs.isEmpty()
                || theirs.map(DeclaredInstances::machine)
                        .equals(look.answerOf(node).map(DeclaredInstances::machine));
    }

    private static Stream<String> declaredPlaces(SideBySide look, NodeName other) {
        NodeSpec spec = look.topology().node(other);
        return Stream.of(spec.walDir().orElse(inside(spec.dataDir())));
    }

    private static Stream<String> seenPlaces(SideBySide look, NodeName other) {
        return look.ground(other).stream()
                .flatMap(ground -> Stream.of(declared(ground), ground.dataDir().walTarget()));
    }
}
