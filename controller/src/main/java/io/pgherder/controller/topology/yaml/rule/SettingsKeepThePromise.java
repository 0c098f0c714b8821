package io.pgherder.controller.topology.yaml.rule;

import io.pgherder.controller.pgvalue.BooleanText;
import io.pgherder.controller.pgvalue.SynchronousCommit;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.topology.yaml.draft.Draft;
import io.pgherder.controller.topology.yaml.draft.Draft.SettingDraft;
import io.pgherder.controller.topology.yaml.draft.NodeDraft;
import io.pgherder.controller.topology.yaml.draft.Written;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

import static io.pgherder.controller.topology.TopologyProblem.UNSAFE_SETTING;
import static java.util.Objects.requireNonNull;

/** No setting takes back what the rest of the file promises, and the agents' way in stays open. */
final class SettingsKeepThePromise implements Rule {
    private static final String SOCKETS = "unix_socket_directories";

    @Override
    public void check(Draft draft, Problems problems) {
        for (SettingDraft setting : draft.settings()) {
            String value = setting.value().text().strip().toLowerCase(Locale.ROOT);
            faultOf(setting.name(), value, draft)
                    .ifPresent(why -> problems.add(setting.value()
                            .problem(
                                    UNSAFE_SETTING,
                                    "\"" + setting.name() + "\" must not be \"" + setting.value() + "\"")
                            .detail(why)
                            .hint(hintFor(setting.name()))));
        }
        draft.nodes().stream()
                .filter(SettingsKeepThePromise::hasSocketsInDataDirectory)
                .findFirst()
                .ifPresent(node -> problems.add(socketsInDataDirectory(node)));
    }

    private static Optional<String> faultOf(String name, String value, Draft draft) {
        return switch (name) {
            case "fsync" -> when(isOff(value), "a crash of the host would leave a damaged node");
            case "full_page_writes" ->
                when(isOff(value), "torn pages could not be repaired, and pg_rewind refuses such a node");
            case "wal_level" -> when(value.equals("minimal"), "a standby cannot follow WAL of this level");
            case SynchronousCommit.SETTING ->
                draft.synchronous()
                        .flatMap(promise -> SynchronousCommit.parse(value))
                        .flatMap(SynchronousCommit::weakness);
            case SOCKETS -> when(!allAbsolute(value), whatIsWrongWithSockets(value));
            default -> Optional.empty();
        };
    }

    private static Optional<String> when(boolean wrong, String why) {
        return wrong ? Optional.of(why) : Optional.empty();
    }

    private static boolean isOff(String value) {
        return !BooleanText.parse(value).orElse(true);
    }

    private static boolean allAbsolute(String directories) {
        return Arrays.stream(directories.split(",", -1)).map(String::strip).allMatch(dir -> dir.startsWith("/"));
    }

    private static String whatIsWrongWithSockets(String value) {
        return value.isEmpty()
                ? "the agent enters by the local socket"
                : "a relative directory is inside the data directory, where sockets break pg_rewind";
    }

    private static boolean hasSocketsInDataDirectory(NodeDraft node) {
        return node.dataDir()
                .map(directory -> directory.text() + "/")
                .filter(inside -> directories(node.settings().get(SOCKETS))
                        .anyMatch(directory -> (directory + "/").startsWith(inside)))
                .isPresent();
    }

    private static Stream<String> directories(@Nullable Written list) {
        return list == null
                ? Stream.empty()
                : Arrays.stream(list.text().split(",", -1)).map(String::strip);
    }

    private static Problem socketsInDataDirectory(NodeDraft node) {
        Written sockets = requireNonNull(node.settings().get(SOCKETS), "no sockets are declared");
        return sockets.problem(UNSAFE_SETTING, "the sockets of \"" + node.name() + "\" are in its data directory")
                .detail("pg_rewind fails on a socket that it finds there")
                .hint(hintFor(SOCKETS));
    }

    private static String hintFor(String name) {
        return switch (name) {
            case SynchronousCommit.SETTING ->
                "\"on\" or \"remote_apply\" keep the promise; \"synchronous: off\" makes none";
            case SOCKETS -> "for example: unix_socket_directories: /var/run/postgresql";
            case "wal_level" -> "\"replica\" or \"logical\"";
            default -> "leave it out: on is the default";
        };
    }
}
