package io.pgherder.controller.drift;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.StandbyLimits;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * A setting of which a running standby has less than its upstream or the primary has, whose WAL tells it: it stops replaying when it learns of
 * that, cannot be promoted then, and does not start again.
 *
 * @see <a href="https://www.postgresql.org/docs/15/hot-standby.html#HOT-STANDBY-ADMIN">hot standby parameters</a>
 *
 * @param upstream who has more; of the two the one that has most
 */
public record Shortage(String setting, int own, NodeName upstream, int theirs) {
    public Shortage {
        requireNonNull(setting, "setting is null");
        requireNonNull(upstream, "upstream is null");
    }

    /** One for each such setting; none where nobody above it is seen. */
    public static Stream<Shortage> of(SideBySide look, NodeName standby) {
        List<NodeName> above = look.expectedUpstream(standby).stream()
                .flatMap(upstream -> Stream.concat(Stream.of(upstream), look.actualPrimary().stream()))
                .distinct()
                .toList();
        return StandbyLimits.defaults().keySet().stream()
                .flatMap(setting -> above.stream()
                        .flatMap(upstream -> compare(look, standby, upstream, setting).stream())
                        .reduce((first, second) -> second.theirs() > first.theirs() ? second : first)
                        .stream());
    }

    /** Whether the file gives the standby enough of it: then it only has to be put in force, which a plan does. */
    public boolean isMendedByFile(SideBySide look, NodeName standby) {
        return Optional.ofNullable(look.topology().node(standby).settings().get(setting))
                .filter(value -> value.matches("\\d{1,9}") && Integer.parseInt(value) >= theirs)
                .isPresent();
    }

    /**
     * Whether it stops replaying by what it has: with less than the primary, whose WAL tells what that has. What an upstream that is no primary has
     * counts only once that is promoted.
     */
    public boolean holdsUpReplay(SideBySide look, NodeName standby) {
        return look.actualPrimary()
                .flatMap(primary -> compare(look, standby, primary, setting))
                .isPresent();
    }

    private static Optional<Shortage> compare(SideBySide look, NodeName standby, NodeName upstream, String setting) {
        return value(look, standby, setting)
                .flatMap(own -> value(look, upstream, setting)
                        .filter(theirs -> own < theirs)
                        .map(theirs -> new Shortage(setting, own, upstream, theirs)));
    }

    private static Optional<Integer> value(SideBySide look, NodeName node, String setting) {
        return look.server(node)
                .flatMap(server -> server.setting(setting))
                .map(found -> found.rawValue())
                .filter(text -> text.matches("\\d{1,9}"))
                .map(Integer::valueOf);
    }
}
