package io.pgherder.agent.postgres;

import io.pgherder.agent.system.Command;
import io.pgherder.agent.system.CommandResult;
import io.pgherder.agent.system.CommandRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code postgres -C}: whether a server would start with its settings files as they are on disk, asked without starting one. A running
 * server cannot tell: of a setting that waits for a restart it does not say whether a later value is one that it can have.
 */
public final class ConfigurationCheck {
    /** "2026-11-26 23:26:20.250 GMT [18938] LOG:  ". */
    private static final Pattern PREFIX = Pattern.compile("^.*?\\b(?=(?:LOG|HINT|DETAIL|FATAL):)");

    /** Where the line is in a file that nobody else sees. */
    private static final Pattern PLACE = Pattern.compile(" in file \"[^\"]*\" line \\d+(, near end of line)?");

    private static final String FATAL = "FATAL:";

    /** Of postgresql.auto.conf, which nobody puts beside a trial. */
    private static final String IS_ALONE = "skipping missing configuration file";

    private final CommandRunner runner;

    public ConfigurationCheck(CommandRunner runner) {
        this.runner = runner;
    }

    /**
     * What the program has against settings that stand by themselves in a file: "1 kB is outside the valid range for parameter "work_mem" (64 ..
     * 2147483647)". A running server keeps that for its log. Empty if it would take them.
     *
     * @param trial with these settings only, in a directory that has no other configuration
     */
    public List<String> objectionsTo(Path trial, Installation installation) {
        Command command = ofTrial(trial, installation, "port");
        CommandResult result = runner.run(command);
        if (result.succeeded()) {
            return List.of();
        }
        List<String> objections = result.lastErrorLines().stream()
                .map(line -> PREFIX.matcher(line).replaceFirst(""))
                .filter(line -> !line.startsWith(FATAL) && !line.contains(IS_ALONE))
                .map(line -> PLACE.matcher(line).replaceFirst(""))
                .map(line -> line.replaceFirst("^LOG:\\s*", "").replaceFirst("^(HINT|DETAIL):\\s*", "  "))
                .toList();
        // It may have been killed, or have run out of memory or of time: then nothing was tried.
        return objections.isEmpty() ? List.of(result.words(command)) : objections;
    }

    /**
     * What a server would have of a setting, counted in the unit of that; empty if the program does not say.
     *
     * @param trial to which there are no objections
     */
    public Optional<String> trialValue(String setting, Path trial, Installation installation) {
        return value(ofTrial(trial, installation, setting));
    }

    /**
     * The data directory, too, is that of the trial: in that of the instance the program would read postgresql.auto.conf, whose errors would
     * be told instead, and whose values would be tried instead of the new ones.
     */
    private static Command ofTrial(Path trial, Installation installation, String setting) {
        return FileSetting.command(
                installation, inEnglish(List.of("-c", "config_file=" + trial)), trial.resolveSibling(""), setting);
    }

    /** The value of a setting that a start with the files as they are would take; empty if the program does not say. */
    public Optional<String> value(String setting, Installation installation, InstancePlace place) {
        return value(FileSetting.command(installation, place, place.dataDir(), setting));
    }

    private Optional<String> value(Command command) {
        CommandResult result = runner.run(command);
        return Optional.of(result.stdout().strip()).filter(value -> result.succeeded() && !value.isEmpty());
    }

    /** What it has against the settings files of an instance as they are, which no server reads at this moment. */
    public FileErrors errors(Installation installation, InstancePlace place) {
        CommandResult result = runner.run(
                FileSetting.command(installation, inEnglish(place.configOptions()), place.dataDir(), "port"));
        return result.succeeded()
                ? FileErrors.NONE
                : new FileErrors(
                        result.lastErrorLines().stream()
                                .map(line -> PREFIX.matcher(line).replaceFirst(""))
                                .filter(line -> line.startsWith("LOG:"))
                                .map(line -> FileError.ofProgram(
                                        line.substring("LOG:".length()).strip()))
                                .toList(),
                        0);
    }

    private static List<String> inEnglish(List<String> options) {
        return Stream.concat(
                        options.stream(),
                        Stream.of(
                                "-c",
                                "log_min_messages=warning",
                                "-c",
                                "log_error_verbosity=default",
                                "-c",
                                "lc_messages=C"))
                .toList();
    }

    /** Fails with the program's own words if it would not. */
    public void requireStartable(Installation installation, InstancePlace place) {
        // Any name will do: all the files are read first.
        Command command = FileSetting.command(installation, place, place.dataDir(), "port");
        CommandResult result = runner.run(command);
        if (!result.succeeded()) {
            throw PostgresProblem.BAD_CONFIGURATION
                    .summary(place.node() + " would not start with its settings as they are in its files")
                    .detail(result.words(command))
                    .hint("whose lines are these? Those in pgherder.conf come from the topology file")
                    .toolOutput(result.lastErrorLines())
                    .failure();
        }
    }
}
