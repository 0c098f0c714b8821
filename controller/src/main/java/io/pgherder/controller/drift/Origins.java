package io.pgherder.controller.drift;

import io.pgherder.controller.observation.ConfigurationFile;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.InstanceState.ConfigFile;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.FileEntry;
import io.pgherder.controller.observation.ServerFacts.Setting;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/** Where what configures an instance comes from, and who put it there as far as that can be told. */
public final class Origins {
    /** What the programs that make a standby write there. */
    private static final Set<String> OF_RECOVERY = Set.of("primary_conninfo", "primary_slot_name");

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final InstanceState instance;

    public Origins(InstanceState instance) {
        this.instance = requireNonNull(instance, "instance is null");
    }

    /** "/data01/pg/postgresql.conf:12, written 2026-11-26 14:02 UTC by postgres"; the source where that is no file. */
    public String of(Setting setting) {
        return setting.sourceFile().isEmpty() ? setting.source() : setting.origin() + written(setting.sourceFile());
    }

    /** "/data01/pg/postgresql.auto.conf:3, written 2026-11-26 14:02 UTC by postgres". */
    public String of(FileEntry entry) {
        return entry.origin() + written(entry.file());
    }

    /** "/data01/pg/pg_hba.conf, written 2026-11-26 14:02 UTC by postgres". */
    public String of(ConfigFile file) {
        return file.path() + written(file.path());
    }

    /** "2026-11-26 14:02 UTC". */
    public static String minute(Instant time) {
        return MINUTE.format(time);
    }

    private String written(String file) {
        return instance.file(file)
                .map(stamp -> ", written " + minute(stamp.writtenAt()) + " by " + stamp.owner())
                .orElse("");
    }

    /** Who may have put it into postgresql.auto.conf: "ALTER SYSTEM". */
    public static String whoSets(String name) {
        return OF_RECOVERY.contains(name) ? "ALTER SYSTEM, pg_basebackup -R or pg_rewind -R" : "ALTER SYSTEM";
    }

    /** The line of postgresql.auto.conf that sets the name, as the file is now, read or not; empty if there is none. */
    public Optional<FileEntry> alterSystem(String name) {
        return entries(name)
                .filter(entry -> entry.isIn(ConfigurationFile.ALTER_SYSTEM))
                .reduce((earlier, later) -> later);
    }

    /** The line of pgherder.conf that sets the name; empty if there is none, or the agent is too old to tell its number. */
    public Optional<FileEntry> managed(String name) {
        return entries(name)
                .filter(entry -> entry.isIn(ConfigurationFile.PGHERDER))
                .reduce((earlier, later) -> later);
    }

    /** The line that decides once all files have been read and the server has restarted; empty if none sets the name, or nobody tells. */
    public Optional<FileEntry> last(String name) {
        return entries(name).reduce((earlier, later) -> later);
    }

    /** Whether the agent tells what the files say. */
    public boolean areKnown() {
        return instance.server().flatMap(ServerFacts::fileEntries).isPresent();
    }

    /** Whether an ALTER SYSTEM has set what is in force, and has been reset since: the server has yet to read that. */
    public boolean isResetSince(Setting inForce) {
        return areKnown()
                && inForce.isFrom(ConfigurationFile.ALTER_SYSTEM)
                && alterSystem(inForce.name()).isEmpty();
    }

    private Stream<FileEntry> entries(String name) {
        List<FileEntry> entries =
                instance.server().flatMap(ServerFacts::fileEntries).orElse(List.of());
        return entries.stream().filter(entry -> entry.name().equalsIgnoreCase(name));
    }
}
