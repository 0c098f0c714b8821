package io.pgherder.controller.drift;

import io.pgherder.controller.observation.DirectoryFacts;
import io.pgherder.controller.pgvalue.NodeName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * A directory in which the instance of a node cannot be made: something else is there, or its agent may not.
 *
 * @param what "data directory"
 * @param obstacle what is in the way
 * @param advice what a person may do about it
 */
public record UnusableDirectory(String what, String obstacle, String advice) {
    private static final String DEFAULT_ADVICE =
            "pgherder never removes what it did not make: move it away, or declare another directory";

    public UnusableDirectory {
        requireNonNull(what, "what is null");
        requireNonNull(obstacle, "obstacle is null");
        requireNonNull(advice, "advice is null");
    }

    /** Those of a node that has none yet. */
    public static List<UnusableDirectory> of(SideBySide look, NodeName node) {
        return look.ground(node).filter(ground -> look.isToBeMade(node)).stream()
                .flatMap(ground -> Stream.concat(
                        of("data directory", ground.dataDir()).stream(),
                        ground.walDir().flatMap(wal -> of("WAL directory", wal)).stream()))
                .toList();
    }

    private static Optional<UnusableDirectory> of(String what, DirectoryFacts directory) {
        return directory.usable()
                ? Optional.empty()
                : Optional.of(new UnusableDirectory(
                        what,
                        directory.obstacle().isEmpty() ? obstacle(directory) : directory.obstacle(),
                        directory.obstacleHint().isEmpty() ? DEFAULT_ADVICE : directory.obstacleHint()));
    }

    /** Where the agent names none. */
    private static String obstacle(DirectoryFacts directory) {
        return directory.path()
                + switch (directory.content()) {
                    case ABSENT, EMPTY -> " cannot be made";
                    case INSTANCE -> " belongs to an instance";
                    case FOREIGN -> " is not empty";
                    case UNREADABLE -> " cannot be read";
                };
    }
}
