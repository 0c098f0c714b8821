package io.pgherder.agent.postgres;

import io.pgherder.agent.system.Command;
import io.pgherder.agent.system.CommandResult;
import io.pgherder.agent.system.CommandRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether a server whose configuration is not in its data directory would use that very data directory, and the pg_hba.conf and pg_ident.conf
 * beside its postgresql.conf. PostgreSQL looks for these in the data directory unless postgresql.conf names them, and goes to another data
 * directory if postgresql.conf says so.
 *
 * @see <a href="https://www.postgresql.org/docs/15/runtime-config-file-locations.html">file locations</a>
 */
public final class ConfigDirectoryCheck {
    private final CommandRunner runner;

    public ConfigDirectoryCheck(CommandRunner runner) {
        this.runner = runner;
    }

    /**
     * Fails with the line that postgresql.conf lacks; does nothing for an instance that has its configuration in its data directory.
     *
     * @param startedIn the data directory, or the one in which it is being made
     */
    public void requireOwn(Installation installation, InstancePlace place, Path startedIn) {
        place.configDir().ifPresent(configDir -> {
            Path dataDir = path(installation, place, startedIn, "data_directory");
            if (!isOneOf(dataDir, List.of(place.dataDir(), startedIn))) {
                throw wrong(place, "data_directory", dataDir, place.dataDir());
            }
            requireBeside(installation, place, startedIn, "hba_file", configDir.resolve("pg_hba.conf"));
            requireBeside(installation, place, startedIn, "ident_file", configDir.resolve("pg_ident.conf"));
        });
    }

    private void requireBeside(
            Installation installation, InstancePlace place, Path startedIn, String setting, Path expected) {
        Path would = path(installation, place, startedIn, setting);
        if (!isOneOf(would, List.of(expected))) {
            throw wrong(place, setting, would, expected);
        }
    }

    private Path path(Installation installation, InstancePlace place, Path startedIn, String setting) {
        Command command = FileSetting.command(installation, place, startedIn, setting);
        CommandResult result = runner.run(command);
        if (!result.succeeded()) {
            throw PostgresProblem.BAD_CONFIGURATION
                    .summary(place.node() + " would not start with its settings as they are in its files")
                    .detail(result.words(command))
                    .hint("is " + place.configDirectory() + "/postgresql.conf whole?")
                    .toolOutput(result.lastErrorLines())
                    .failure();
        }
        return Path.of(result.stdout().strip());
    }

    private static RuntimeException wrong(InstancePlace place, String setting, Path would, Path expected) {
        Path file = place.configDirectory().resolve("postgresql.conf");
        return PostgresProblem.OTHER_FILES
                .summary(place.node() + " would not use " + expected)
                .detail("with " + file + " it would take " + setting + " = '" + would + "'")
                .hint("write  " + setting + " = '" + expected + "'  into " + file)
                .failure();
    }

    private static boolean isOneOf(Path path, List<Path> expected) {
        return expected.stream().anyMatch(each -> real(each).equals(real(path)));
    }

    /** Where it leads, as far as it is there. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException notThere) {
            Path parent = path.getParent();
            return parent == null ? path : real(parent).resolve(path.getFileName());
        }
    }
}
