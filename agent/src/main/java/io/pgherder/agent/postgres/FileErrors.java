package io.pgherder.agent.postgres;

import io.pgherder.agent.configfile.PasswordMask;
import io.pgherder.agent.problem.OperationFailed;
import java.util.ArrayList;
import java.util.List;

/**
 * Errors in a server's configuration files as they are on disk now, whether it has read them or not: how it is asked, and what it answers
 * in words. The same for whoever looks and for whoever changes.
 *
 * @see <a href="https://www.postgresql.org/docs/15/view-pg-file-settings.html">pg_file_settings</a>
 * @see <a href="https://www.postgresql.org/docs/15/view-pg-hba-file-rules.html">pg_hba_file_rules</a>
 */
public final class FileErrors {
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
    static final int TOLD = 100;

    private FileErrors() {}

    /** The first of them: the server's answer is then as short as what is told. */
    public static String first(String query) {
        return "SELECT e.*, count(*) OVER () AS errors FROM (" + query + ") e LIMIT " + TOLD;
    }

    /**
     * What {@link #first} found in pg_hba.conf, and how many more there are. Of a file that the server cannot open there is no view, but an
     * error: then that is the one.
     */
    public static List<String> firstInHba(LocalSql sql) {
        try {
            List<Row> rows = sql.query(first(IN_HBA));
            return andMore(inHba(rows), rows);
        } catch (OperationFailed e) {
            return List.of(LocalSql.fileFailure(e).orElseThrow(() -> e));
        }
    }

    /** The same of pg_ident.conf, from PostgreSQL 15 on; a server starts without that file. */
    public static List<String> firstInIdent(LocalSql sql) {
        try {
            List<Row> rows = sql.query(first(IN_IDENT));
            return andMore(inHba(rows), rows);
        } catch (OperationFailed e) {
            return LocalSql.isFileMissing(e)
                    ? List.of()
                    : List.of(LocalSql.fileFailure(e).orElseThrow(() -> e));
        }
    }

    /** The same of settings files. */
    public static List<String> firstInSettings(List<Row> rows) {
        return andMore(inSettings(rows), rows);
    }

    private static List<String> andMore(List<String> told, List<Row> rows) {
        long more = rows.isEmpty() ? 0 : rows.get(0).number("errors") - told.size();
        if (more == 0) {
            return told;
        }
        List<String> all = new ArrayList<>(told);
        all.add(more + " more");
        return all;
    }

    /** "/data01/pg/postgresql.conf:12: work_mem = 'much': invalid value ...", without passwords. */
    public static List<String> inSettings(List<Row> rows) {
        return rows.stream().map(FileErrors::inSettings).toList();
    }

    private static String inSettings(Row row) {
        String said = row.maybe("name")
                .map(name -> name + " = '" + PasswordMask.told(name, row.text("setting")) + "': ")
                .orElse("");
        return at(row) + said + row.text("error");
    }

    /** "/data01/pg/pg_hba.conf:3: invalid authentication method ...". */
    static List<String> inHba(List<Row> rows) {
        return rows.stream().map(row -> at(row) + row.text("error")).toList();
    }

    /** Empty if the error is that there is no file, which names it itself. */
    private static String at(Row row) {
        return row.maybe("sourcefile")
                .map(file -> file + ":" + row.number("sourceline") + ": ")
                .orElse("");
    }
}
