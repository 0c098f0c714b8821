package io.pgherder.controller.importing;

import io.pgherder.controller.observation.ServerFacts.FileEntry;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.pgvalue.Secrets;
import io.pgherder.controller.pgvalue.SettingValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/** What the files of an instance say of a setting as they are now, beside what is in force. */
record Written(Member member, Setting setting) {
    /** As a server without archive_mode shows its archive_command, whatever that is. */
    private static final String DISABLED = "(disabled)";

    /** Shown to who asks through a Unix socket as 0: they are those of the connection. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("tcp_keepalives_count", "tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_user_timeout");

    Written {
        requireNonNull(member, "member is null");
        requireNonNull(setting, "setting is null");
    }

    /** Whether a file sets it, or has set it. */
    boolean isThere() {
        return !setting.sourceFile().isEmpty() || setting.pendingRestart() || last().isPresent();
    }

    /** What a file has to say for what is in force; empty if the server does not show it and no file that counts says it. */
    Optional<String> value() {
        return isShownAsSomethingElse()
                ? last().filter(FileEntry::applied).map(FileEntry::value)
                : Optional.of(setting.value());
    }

    /** What a file says that the server has not taken; empty if it has taken what they say. */
    Optional<String> otherwise() {
        if (isShownAsSomethingElse()) {
            return Optional.empty();
        }
        return last().map(this::otherwise).orElseGet(this::unlessAFileHasIt);
    }

    private Optional<String> otherwise(FileEntry entry) {
        if (saysWhatIsInForce(entry)) {
            return Optional.empty();
        }
        String value = Secrets.mayBeIn(entry.name(), entry.value()) ? Secrets.MASK : entry.value();
        return Optional.of(entry.origin() + " says '" + value + "', which " + whyNot(entry));
    }

    private String whyNot(FileEntry entry) {
        if (setting.pendingRestart()) {
            return "waits for a restart";
        }
        if (setting.context().equals("postmaster")) {
            return "was never loaded, and needs a restart";
        }
        return entry.error().isEmpty() ? "was never loaded" : "the server does not take: " + entry.error();
    }

    private Optional<String> unlessAFileHasIt() {
        if (!setting.pendingRestart()) {
            return Optional.empty();
        }
        return Optional.of(
                member.server().fileEntries().isEmpty()
                        ? "a file says otherwise, which waits for a restart; what it says could not be read"
                        : "no file says it any more, which waits for a restart");
    }

    /** The line that decides once the files have been read, and the server has been restarted where that takes one. */
    private Optional<FileEntry> last() {
        return member.server().fileEntries().orElse(List.of()).stream()
                .filter(entry -> entry.name().equalsIgnoreCase(setting.name()))
                .reduce((earlier, later) -> later);
    }

    private boolean isShownAsSomethingElse() {
        boolean isDisabled =
                setting.name().equals("archive_command") && setting.value().equals(DISABLED);
        // What a file leaves to the server, the server sets itself: wal_buffers.
        boolean isWorkedOut = setting.source().equals("override") && !setting.pendingRestart();
        return isDisabled || isWorkedOut || OF_THE_CONNECTION.contains(setting.name());
    }

    private boolean saysWhatIsInForce(FileEntry entry) {
        return entry.value().equalsIgnoreCase(setting.value())
                || SettingValue.same(entry.value(), setting.type(), setting.value(), setting.rawValue(), setting.unit())
                || (!setting.pendingRestart() && setting.origin().equals(entry.origin()) && isLoaded(entry));
    }

    /** As 'hot_standby' in a file is shown as replica. */
    private boolean isLoaded(FileEntry entry) {
        return member.state()
                .file(entry.file())
                .filter(file -> !file.writtenAt().isAfter(member.server().configLoadedAt()))
                .isPresent();
    }
}
