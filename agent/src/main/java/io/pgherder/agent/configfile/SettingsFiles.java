package io.pgherder.agent.configfile;

import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.AtomicFile;
import io.pgherder.agent.system.FileFailure;
import io.pgherder.agent.system.SystemProblem;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a settings file and those that it includes say, in the order in which a server reads them: of two lines for one name the later counts.
 *
 * @see <a href="https://www.postgresql.org/docs/15/config-setting.html#CONFIG-INCLUDES">includes</a>
 */
public final class SettingsFiles {
    /** A server opens no file below more includes than that. */
    private static final int DEEPEST = 10;

    private final List<Said> said = new ArrayList<>();
    private final List<Unread> unread = new ArrayList<>();

    /**
     * What could not be read: it may say anything.
     *
     * @param words which file, who includes it, and why not
     * @param preventsStart whether a server, which runs under the agent's account, does not start for it
     */
    public record Unread(String words, boolean preventsStart) {}

    /** A line that sets something, includes excepted. */
    public record Said(Path file, AutoConf.Line line) {
        /** "/data01/pg/conf.d/memory.conf:1". */
        public String place() {
            return file + ":" + line.number();
        }
    }

    private SettingsFiles() {}

    /** @param files those that are there, each read after the one before it */
    public static SettingsFiles of(AtomicFile... files) {
        SettingsFiles read = new SettingsFiles();
        for (AtomicFile file : files) {
            read.read(file.path(), "", false, 0);
        }
        return read;
    }

    public List<Said> said() {
        return List.copyOf(said);
    }

    public List<Unread> unread() {
        return List.copyOf(unread);
    }

    private void read(Path file, String includedBy, boolean isNeeded, int depth) {
        if (depth > DEEPEST) {
            unread.add(new Unread(file + includedBy + ": includes are nested more than " + DEEPEST + " deep", true));
            return;
        }
        try {
            Optional<String> text = new AtomicFile(file).read();
            if (text.isEmpty() && isNeeded) {
                unread.add(new Unread(file + includedBy + ": it is not there", true));
            }
            AutoConf.lines(text.orElse("")).forEach(line -> take(file, line, depth));
        } catch (OperationFailed e) {
            // A directory a server can open, and then not read.
            boolean preventsStart = isNeeded || Files.isDirectory(file);
            unread.add(new Unread(file + includedBy + ": " + reason(file, e.problem()), preventsStart));
        }
    }

    private void take(Path file, AutoConf.Line line, int depth) {
        String includedBy = ", included by " + file + ":" + line.number();
        switch (line.name().toLowerCase(Locale.ROOT)) {
            case "include" -> included(file, line, includedBy).ifPresent(it -> read(it, includedBy, true, depth + 1));
            case "include_if_exists" ->
                included(file, line, includedBy).ifPresent(it -> read(it, includedBy, false, depth + 1));
            case "include_dir" ->
                included(file, line, includedBy).ifPresent(it -> readDirectory(it, includedBy, depth + 1));
            default -> said.add(new Said(file, line));
        }
    }

    /** A relative name begins where the file is that includes it. */
    private Optional<Path> included(Path by, AutoConf.Line line, String includedBy) {
        try {
            return Optional.of(by.resolveSibling(line.value()));
        } catch (InvalidPathException e) {
            unread.add(new Unread(line.value() + includedBy + ": it is no name of a file", true));
            return Optional.empty();
        }
    }

    private void readDirectory(Path directory, String includedBy, int depth) {
        try {
            settingsIn(directory).forEach(file -> read(file, includedBy, true, depth));
        } catch (IOException e) {
            AgentProblem problem =
                    FileFailure.explain(SystemProblem.FILE_FAILED.summary("could not read " + directory), e);
            unread.add(new Unread(directory + includedBy + ": " + reason(directory, problem), true));
        }
    }

    private static List<Path> settingsIn(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, SettingsFiles::isTaken)) {
            entries.forEach(files::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        files.sort(Comparator.comparing(Path::toString));
        return files;
    }

    /** Without the name of the file, which is told already. */
    private static String reason(Path file, AgentProblem problem) {
        String reason = problem.details().isEmpty() ? problem.summary() : String.join("; ", problem.details());
        return reason.startsWith(file + ": ") ? reason.substring((file + ": ").length()) : reason;
    }

    private static boolean isTaken(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".conf") && !name.startsWith(".") && !Files.isDirectory(file);
    }
}
