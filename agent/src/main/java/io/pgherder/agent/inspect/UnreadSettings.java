package io.pgherder.agent.inspect;

import io.pgherder.agent.configfile.AutoConf;
import io.pgherder.agent.configfile.ManagedSettings;
import io.pgherder.agent.configfile.PasswordMask;
import io.pgherder.agent.inspect.ServerFacts.Setting;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.AtomicFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Settings that our own session has for itself, while a broken, missing or closed file keeps the server from saying what other sessions
 * have: that is what it read once. pgherder.conf, read last, says what that was, unless it has been edited since.
 *
 * @param file pgherder.conf
 * @param lines what it says; nothing if it cannot be read
 */
record UnreadSettings(Path file, List<AutoConf.Line> lines) {
    UnreadSettings {
        requireNonNull(file, "file is null");
        lines = List.copyOf(lines);
    }

    static UnreadSettings of(InstancePlace place) {
        Path file = place.configDirectory().resolve(ManagedSettings.FILE);
        try {
            return new UnreadSettings(
                    file, AutoConf.lines(new AtomicFile(file).read().orElse("")));
        } catch (OperationFailed toldByWhoReadsTheFileForItself) {
            return new UnreadSettings(file, List.of());
        }
    }

    /** As pgherder.conf has it; empty if it does not: then nobody can tell, and a default that is not in force is not told. */
    Optional<Setting> asWritten(Setting unread) {
        return lines.stream()
                .filter(line -> line.name().equalsIgnoreCase(unread.name()))
                .reduce((earlier, later) -> later)
                .map(line -> asIn(line, unread));
    }

    private Setting asIn(AutoConf.Line line, Setting unread) {
        String value = PasswordMask.value(line.name(), line.value());
        return new Setting(
                unread.name(),
                value,
                value,
                unread.unit(),
                unread.context(),
                unread.type(),
                unread.pendingRestart(),
                "configuration file",
                file.toString(),
                line.number());
    }
}
