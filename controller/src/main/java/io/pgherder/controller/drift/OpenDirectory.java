package io.pgherder.controller.drift;

import io.pgherder.controller.observation.DirectoryFacts;
import io.pgherder.controller.observation.Ground;
import io.pgherder.controller.observation.HostObservation.Answered;
import io.pgherder.controller.observation.InstanceDirectory;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.FieldPath;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A directory of an instance with permissions that PostgreSQL refuses in a data directory.
 *
 * @param isOwn whether it belongs to the agent's account, which then can change that
 */
public record OpenDirectory(InstanceDirectory directory, DirectoryFacts facts, boolean isOwn) {
    public OpenDirectory {
        requireNonNull(directory, "directory is null");
        requireNonNull(facts, "facts is null");
    }

    /** Those of a node, as far as its instance could be seen. */
    public static List<OpenDirectory> of(SideBySide look, NodeName node) {
        return Arrays.stream(InstanceDirectory.values())
                .flatMap(directory -> of(look, node, directory).stream())
                .toList();
    }

    public static Optional<OpenDirectory> of(SideBySide look, NodeName node, InstanceDirectory directory) {
        Optional<Ground> ground = look.isInstalled(node) ? look.ground(node) : Optional.empty();
        return ground.flatMap(directory::on)
                .filter(facts -> facts.content() == DirectoryFacts.Content.INSTANCE && !facts.isClosedToOthers())
                .map(facts -> new OpenDirectory(directory, facts, isOwn(look, node, facts)));
    }

    private static boolean isOwn(SideBySide look, NodeName node, DirectoryFacts facts) {
        return look.answerOf(node)
                .map(Answered::account)
                .filter(facts.owner()::equals)
                .isPresent();
    }

    /** Where the file declares it. */
    public FieldPath path(NodeName node) {
        return FieldPath.of("nodes", node, directory.key());
    }

    /** "mode 0755". */
    public String mode() {
        return String.format(Locale.ROOT, "mode %04o", facts.mode());
    }
}
