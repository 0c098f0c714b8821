package io.pgherder.agent.inspect;

import io.pgherder.agent.configfile.AutoConf;
import io.pgherder.agent.configfile.PasswordMask;
import io.pgherder.agent.inspect.ServerFacts.FileEntry;
import io.pgherder.agent.inspect.ServerFacts.Waiting;
import io.pgherder.agent.postgres.FileErrors;
import io.pgherder.agent.postgres.LocalSql;
import io.pgherder.agent.postgres.Row;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.AtomicFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a running server says of its configuration files as they are on disk now. Apart from the other facts: the server reads the files to
 * answer, which takes long where they are long, and what it does in the meantime is known.
 *
 * @param entries empty Optional: not known
 * @param waiting what others have changed there; none if not known
 * @param configErrors none if not known
 * @param hbaErrors the same of pg_hba.conf
 * @param identErrors the same of pg_ident.conf
 */
record FileFacts(
        Optional<List<FileEntry>> entries,
        List<Waiting> waiting,
        FileErrors configErrors,
        FileErrors hbaErrors,
        FileErrors identErrors) {
    static final FileFacts UNKNOWN =
            new FileFacts(Optional.empty(), List.of(), FileErrors.NONE, FileErrors.NONE, FileErrors.NONE);

    private record OfSettings(Optional<List<FileEntry>> entries, List<Waiting> waiting, FileErrors errors) {}

    /**
     * @param majorVersion of the server
     * @param problems for what could not be found out
     */
    static FileFacts ask(InstanceQuery query, LocalSql sql, int majorVersion, Consumer<AgentProblem> problems) {
        OfSettings settings = settings(query, sql, problems);
        FileErrors hbaErrors = errors(() -> FileErrors.firstInHba(sql), unknown(query, "the hba file"), problems);
        FileErrors identErrors = majorVersion < FileErrors.TELLS_OF_IDENT
                ? FileErrors.NONE
                : errors(() -> FileErrors.firstInIdent(sql), unknown(query, "the ident file"), problems);
        return new FileFacts(settings.entries, settings.waiting, settings.errors, hbaErrors, identErrors);
    }

    private static OfSettings settings(InstanceQuery query, LocalSql sql, Consumer<AgentProblem> problems) {
        try {
            List<List<Row>> results = sql.queryAll(ServerQueries.files(query.settings(), query.everySetting()));
            List<FileEntry> entries =
                    results.get(0).stream().map(FileFacts::entry).toList();
            FileErrors errors = FileErrors.firstInSettings(results.get(1));
            return new OfSettings(
                    Optional.of(
                            errors.isEmpty()
                                    ? entries
                                    : withAlterSystem(query.place().dataDir(), entries)),
                    results.get(2).stream().map(FileFacts::waiting).toList(),
                    errors);
        } catch (OperationFailed e) {
            problems.accept(
                    unknown(query, "the settings files").details(e.problem().details()));
            return new OfSettings(Optional.empty(), List.of(), FileErrors.NONE);
        }
    }

    private static FileErrors errors(
            Supplier<FileErrors> question, AgentProblem unknown, Consumer<AgentProblem> problems) {
        try {
            return question.get();
        } catch (OperationFailed e) {
            problems.accept(unknown.details(e.problem().details()));
            return FileErrors.NONE;
        }
    }

    /**
     * With a line that is an error of syntax the server does not go on to postgresql.auto.conf, which it would read last, and wins: what stands
     * there counts as soon as that line is mended.
     */
    static List<FileEntry> withAlterSystem(Path dataDir, List<FileEntry> entries) {
        Path autoConf = dataDir.resolve(AutoConf.FILE);
        if (entries.stream().anyMatch(entry -> entry.file().endsWith("/" + AutoConf.FILE))
                || !Files.isReadable(autoConf)) {
            return entries;
        }
        List<FileEntry> all = new ArrayList<>(entries);
        AutoConf.lines(new AtomicFile(autoConf).read().orElse("")).stream()
                .map(line -> new FileEntry(
                        line.name(),
                        PasswordMask.value(line.name(), line.value()),
                        autoConf.toString(),
                        line.number(),
                        false,
                        ""))
                .forEach(all::add);
        return all;
    }

    /** @param which "the settings files" */
    static AgentProblem unknown(InstanceQuery query, String which) {
        return InspectProblem.FILES_UNKNOWN
                .summary("could not find out what is wrong in " + which + " of "
                        + query.place().node())
                .hint("very long? The server reads all of it before it answers");
    }

    private static Waiting waiting(Row row) {
        String name = row.text("name");
        return new Waiting(
                ServerInspection.setting(row),
                new FileEntry(
                        name,
                        PasswordMask.value(name, row.text("written")),
                        row.text("written_file"),
                        (int) row.number("written_line"),
                        false,
                        ""));
    }

    static FileEntry entry(Row row) {
        return new FileEntry(
                row.text("name"),
                PasswordMask.value(row.text("name"), row.text("setting")),
                row.text("sourcefile"),
                (int) row.number("sourceline"),
                row.flag("applied"),
                row.text("error"));
    }
}
