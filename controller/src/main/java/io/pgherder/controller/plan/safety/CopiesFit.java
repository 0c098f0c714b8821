package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.DirectoryFacts;
import io.pgherder.controller.observation.Ground;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A copy that fills the disk helps nobody: its source's size and some WAL must fit where it goes. */
final class CopiesFit implements SafetyCheck {
    private static final long MEGABYTE = 1L << 20;

    /** What initdb makes, roughly. */
    private static final long NEW_INSTANCE_BYTES = 64 * MEGABYTE;

    /** Four segments. */
    private static final long WAL_BYTES = 64 * MEGABYTE;

    @Override
    public List<Problem> problems(Situation situation) {
        Map<FileSystem, List<Need>> needs = new LinkedHashMap<>();
        for (NodeName node : situation.nodes()) {
            if (situation.isToBeMade(node)) {
                situation
                        .ground(node)
                        .ifPresent(ground -> needs(situation, node, ground)
                                .forEach(need -> needs.computeIfAbsent(need.on(), place -> new ArrayList<>())
                                        .add(need)));
            }
        }
        return needs.values().stream().flatMap(CopiesFit::lacking).toList();
    }

    /** Directories on one file system share its space. Of one that is not known it is only known that it is the directory's. */
    private record FileSystem(String host, String device) {
        static FileSystem of(String host, DirectoryFacts directory) {
            return new FileSystem(host, directory.device() == 0 ? directory.path() : "" + directory.device());
        }
    }

    private record Need(NodeName node, FileSystem on, DirectoryFacts directory, long bytes) {}

    private static List<Need> needs(Situation situation, NodeName node, Ground ground) {
        String host = situation.topology().node(node).host();
        List<Need> needs = new ArrayList<>();
        needs.add(need(node, host, ground.dataDir(), copiedBytes(situation, node)));
        needs.add(need(node, host, ground.walDir().orElse(ground.dataDir()), WAL_BYTES));
        return needs;
    }

    private static Need need(NodeName node, String host, DirectoryFacts directory, long bytes) {
        return new Need(node, FileSystem.of(host, directory), directory, bytes);
    }

    /** At least: a source that could not count its bytes has those of a new instance, and a note says that nobody knows. */
    private static long copiedBytes(Situation situation, NodeName node) {
        return node.equals(situation.primary())
                ? NEW_INSTANCE_BYTES
                : situation
                        .server(situation.firstUpstream(node).node())
                        .flatMap(ServerFacts::databaseBytes)
                        .orElse(NEW_INSTANCE_BYTES);
    }

    private static Stream<Problem> lacking(List<Need> needs) {
        long needed = needs.stream().mapToLong(Need::bytes).sum();
        long free = needs.stream()
                .mapToLong(need -> need.directory().freeBytes())
                .min()
                .orElse(0);
        if (free >= needed) {
            return Stream.of();
        }
        String nodes =
                needs.stream().map(need -> need.node().value()).distinct().collect(Collectors.joining(", "));
        String paths =
                needs.stream().map(need -> need.directory().path()).distinct().collect(Collectors.joining(", "));
        return Stream.of(Problem.of(PreflightProblem.NO_SPACE, "there is not enough space for " + nodes)
                .about(needs.get(0).node().value())
                .detail(paths + ": " + megabytes(free) + " free, " + megabytes(needed) + " needed")
                .hint("free some space, or declare a directory on another file system"));
    }

    private static String megabytes(long bytes) {
        return (bytes + MEGABYTE - 1) / MEGABYTE + " MB";
    }
}
