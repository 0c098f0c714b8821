package io.pgherder.agent.postgres;

import io.pgherder.agent.problem.OperationFailed;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Errors in a server's configuration files as they are on disk now, whether it has read them or not: how it is asked, and what it answers. The same for whoever looks and for whoever changes.
 *
 * @param told the first hundred of one kind
 * @param more how many there are beside them
 * @see <a href="https://www.postgresql.org/docs/15/view-pg-file-settings.html">pg_file_settings</a>
 * @see <a href="https://www.postgresql.org/docs/15/view-pg-hba-file-rules.html">pg_hba_file_rules</a>
 */
public record FileErrors(List<FileError> told, int more) {
    public static final FileErrors NONE = new FileErrors(List.of(), 0);

    /**
     * The view also lists as errors what has to wait for a restart: a changed setting, and without a file one that has gone from all files.
     * Reading the view marks the settings that wait in this session, so they are asked for row by row, after it.
     */
    public static final String IN_SETTINGS = """
            SELECT f.sourcefile, f.sourceline, f.name, f.setting, f.error
              FROM pg_file_settings f
             WHERE f.error IS NOT NULL
               AND NOT coalesce((SELECT s.pending_restart FROM pg_settings s WHERE lower(s.name) = lower(f.name)), false)
               AND NOT (f.sourcefile IS NULL
                        AND f.error LIKE 'parameter "%" cannot be changed without restarting the server')
             ORDER BY f.seqno""";

    /**
     * The view names the file from PostgreSQL 16 on; as JSON, a column that there is not is NULL. A rule that was read and has an error all the
     * same is one that can never match, as hostssl without SSL: the server warns of it, and takes the file.
     */
    private static final String IN_HBA = """
            SELECT coalesce(to_jsonb(r) ->> 'file_name', current_setting('hba_file')) AS sourcefile,
                   line_number AS sourceline, error
              FROM pg_hba_file_rules r WHERE error IS NOT NULL AND type IS NULL ORDER BY line_number""";

    private static final String IN_IDENT = """
            SELECT coalesce(to_jsonb(r) ->> 'file_name', current_setting('ident_file')) AS sourcefile,
                   line_number AS sourceline, error
              FROM pg_ident_file_mappings r WHERE error IS NOT NULL ORDER BY line_number""";

    /** The major version from which on servers have a view of pg_ident.conf. */
    public static final int TELLS_OF_IDENT = 15;

    /** As many as are told, of each kind; more of them say nothing more. */
    public static final int TOLD = 100;

    public FileErrors {
        told = List.copyOf(told);
    }

    /** The first of them: the server's answer is then as short as what is told. */
    public static String first(String query) {
        return "SELECT e.*, count(*) OVER () AS errors FROM (" + query + ") e LIMIT " + TOLD;
    }

    /** What {@link #first} found in pg_hba.conf. Of a file that the server cannot open there is no view, but an error: then that is the one. */
    public static FileErrors firstInHba(LocalSql sql) {
        try {
            return firstInHba(sql.query(first(IN_HBA)));
        } catch (OperationFailed e) {
            return unopened(e);
        }
    }

    static FileErrors firstInHba(List<Row> rows) {
        return first(rows, new SecretRules()::told);
    }

    /** The same of pg_ident.conf, from PostgreSQL 15 on; a server starts without that file. */
    public static FileErrors firstInIdent(LocalSql sql) {
        try {
            return first(sql.query(first(IN_IDENT)), FileError::of);
        } catch (OperationFailed e) {
            return LocalSql.isFileMissing(e) ? NONE : unopened(e);
        }
    }

    private static FileErrors unopened(OperationFailed failed) {
        return new FileErrors(
                List.of(FileError.ofNoFile(LocalSql.fileFailure(failed).orElseThrow(() -> failed))), 0);
    }

    /** What {@link #first} found in the settings files. */
    public static FileErrors firstInSettings(List<Row> rows) {
        return first(rows, FileError::ofSetting);
    }

    /** All of them. */
    public static FileErrors inSettings(LocalSql sql) {
        return new FileErrors(
                sql.query(IN_SETTINGS).stream().map(FileError::ofSetting).toList(), 0);
    }

    private static FileErrors first(List<Row> rows, Function<Row, FileError> error) {
        int more = rows.isEmpty() ? 0 : (int) rows.get(0).number("errors") - rows.size();
        return new FileErrors(rows.stream().map(error).toList(), more);
    }

    /** These, and the others after them. */
    public FileErrors and(FileErrors others) {
        return new FileErrors(Stream.concat(told.stream(), others.told.stream()).toList(), more + others.more);
    }

    public boolean isEmpty() {
        return told.isEmpty();
    }

    public FileErrors only(Predicate<FileError> which) {
        return new FileErrors(told.stream().filter(which).toList(), more);
    }

    /** "/data01/pg/pg_hba.conf:3: invalid authentication method ...", and at last "2998 more". */
    public List<String> words() {
        Stream<String> counted = more == 0 ? Stream.of() : Stream.of(more + " more");
        return Stream.concat(told.stream().map(FileError::words), counted).toList();
    }
}
