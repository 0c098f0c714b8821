package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.AutoConf;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.AtomicFile;
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
final class SettingsFiles {
    /** A server opens no file below more includes than that. */
    private static final int DEEPEST = 10;

    private final List<Said> said = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();

    /** A line that sets something, includes excepted. */
    record Said(Path file, AutoConf.Line line) {
        String place() {
            return file + ":" + line.number();
        }
    }

    private SettingsFiles() {}

    /** @param files those that are there, each read after the one before it */
    static SettingsFiles of(AtomicFile... files) {
        SettingsFiles read = new SettingsFiles();
        for (AtomicFile file : files) {
            read.read(file.path(), "", false, 0);
        }
        return read;
    }

    List<Said> said() {
        return List.copyOf(said);
    }

    /** In words, what could not be read, and who includes it: it may say anything. */
    List<String> unread() {
        return List.copyOf(unread);
    }

    private void read(Path file, String includedBy, boolean isNeeded, int depth) {
        if (depth > DEEPEST) {
            unread.add(file + includedBy + ": includes are nested more than " + DEEPEST + " deep");
            return;
        }
        try {
            Optional<String> text = new AtomicFile(file).read();
            if (text.isEmpty() && isNeeded) {
                unread.add(file + includedBy + ": it is not there");
            }
            AutoConf.lines(text.orElse("")).forEach(line -> take(file, line, depth));
        } catch (OperationFailed e) {
            unread.add(file + includedBy + ": " + e.problem().summary());
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
            unread.add(line.value() + includedBy + ": it is no name of a file");
            return Optional.empty();
        }
    }

    private void readDirectory(Path directory, String includedBy, int depth) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, SettingsFiles::isTaken)) {
            entries.forEach(files::add);
        } catch (IOException | DirectoryIteratorException e) {
            unread.add(directory + includedBy + ": the directory cannot be read");
        }
        files.sort(Comparator.comparing(Path::toString));
        files.forEach(file -> read(file, includedBy, true, depth));
    }

    private static boolean isTaken(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".conf") && !name.startsWith(".") && !Files.isDirectory(file);
    }
}
