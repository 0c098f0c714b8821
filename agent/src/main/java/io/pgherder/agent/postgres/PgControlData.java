package io.pgherder.agent.postgres;

import io.pgherder.agent.system.Command;
import io.pgherder.agent.system.CommandResult;
import io.pgherder.agent.system.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code pg_controldata}: what the control file of an instance says, whether it runs or not. */
public final class PgControlData {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Pattern BAD_CHECKSUM = Pattern.compile("(?i)warning: calculated CRC checksum does not match");

    /** Names of settings to what the program calls them. */
    private static final Map<String, String> HOT_STANDBY_PARAMETERS = Map.of(
            "max_connections", "max_connections setting",
            "max_worker_processes", "max_worker_processes setting",
            "max_wal_senders", "max_wal_senders setting",
            "max_prepared_transactions", "max_prepared_xacts setting",
            "max_locks_per_transaction", "max_locks_per_xact setting");

    private final CommandRunner runner;

    public PgControlData(CommandRunner runner) {
        this.runner = runner;
    }

    public ControlData read(Installation installation, Path dataDir) {
        return parse(output(installation, dataDir));
    }

    /** Where the WAL of an instance is, and how far the control file knows it to be written. */
    public WalFiles wal(Installation installation, Path dataDir) {
        Map<String, String> values = values(output(installation, dataDir));
        return new WalFiles(
                dataDir.resolve("pg_wal"),
                timeline(values),
                number(values, "Latest checkpoint's TimeLineID"),
                number(values, "Bytes per WAL segment"),
                number(values, "WAL block size"),
                WalFiles.position(value(values, "Latest checkpoint location")));
    }

    /** How much WAL is in one file, as it was initialised. */
    public int walSegmentBytes(Installation installation, Path dataDir) {
        return number(values(output(installation, dataDir)), "Bytes per WAL segment");
    }

    private String output(Installation installation, Path dataDir) {
        Command command = Command.of(installation.program("pg_controldata"), "--pgdata=" + dataDir)
                .within(TIMEOUT);
        CommandResult result = runner.run(command);
        if (hasBadChecksum(result)) {
            // Read in the middle of a server's writing, perhaps: that does not happen twice in a row.
            result = runner.run(command);
        }
        if (!result.succeeded()) {
            throw PostgresProblem.PROGRAM_FAILED
                    .summary("could not read the control file of " + dataDir)
                    .detail(result.words(command))
                    .toolOutput(result.lastErrorLines())
                    .failure();
        }
        if (hasBadChecksum(result)) {
            throw PostgresProblem.NOT_UNDERSTOOD
                    .summary("the control file of " + dataDir + " is damaged, or of another PostgreSQL than "
                            + installation.version())
                    .detail("its checksum is not that of its content")
                    .toolOutput(result.lastErrorLines())
                    .failure();
        }
        return result.stdout();
    }

    /** It is a warning to the program, which prints what it has read all the same; up to version 11 on its standard output. */
    private static boolean hasBadChecksum(CommandResult result) {
        return Stream.concat(result.stdout().lines(), result.lastErrorLines().stream())
                .anyMatch(line -> BAD_CHECKSUM.matcher(line).find());
    }

    static ControlData parse(String output) {
        Map<String, String> values = values(output);
        return new ControlData(
                value(values, "Database system identifier"),
                value(values, "Database cluster state"),
                timeline(values),
                value(values, "Latest checkpoint location"),
                value(values, "Latest checkpoint's REDO location"),
                value(values, "Minimum recovery ending location"),
                number(values, "Data page checksum version") != 0,
                value(values, "wal_log_hints setting").equals("on"),
                number(values, "Catalog version number"),
                hotStandbyParameters(values));
    }

    private static Map<String, Integer> hotStandbyParameters(Map<String, String> values) {
        Map<String, Integer> parameters = new TreeMap<>();
        HOT_STANDBY_PARAMETERS.forEach((setting, label) -> parameters.put(setting, number(values, label)));
        return parameters;
    }

    private static Map<String, String> values(String output) {
        Map<String, String> values = new HashMap<>();
        output.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                values.putIfAbsent(
                        line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        return values;
    }

    /** A standby that crossed to a later timeline keeps the checkpoint of the earlier one until its next restartpoint. */
    private static int timeline(Map<String, String> values) {
        return Math.max(
                number(values, "Latest checkpoint's TimeLineID"), number(values, "Min recovery ending loc's timeline"));
    }

    private static int number(Map<String, String> values, String name) {
        try {
            return Integer.parseInt(value(values, name));
        } catch (NumberFormatException e) {
            throw notUnderstood(name);
        }
    }

    private static String value(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw notUnderstood(name);
        }
        return value;
    }

    private static RuntimeException notUnderstood(String name) {
        return PostgresProblem.NOT_UNDERSTOOD
                .summary("could not make sense of what pg_controldata says")
                .detail("looked for \"" + name + "\"")
                .failure();
    }
}
