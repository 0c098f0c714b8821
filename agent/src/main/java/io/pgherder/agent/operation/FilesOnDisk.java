package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.AutoConf;
import io.pgherder.agent.configfile.ManagedSettings;
import io.pgherder.agent.postgres.FileError;
import io.pgherder.agent.postgres.FileErrors;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.LocalSql;
import io.pgherder.agent.postgres.Row;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A running server's configuration files as they are on disk now, as the server itself reads them: what is wrong in them, what somebody else
 * decides there, and what of them is not in force.
 */
final class FilesOnDisk {
    private static final String NOTHING_TAKEN =
            "nothing was reloaded or restarted: with one bad line PostgreSQL takes none";

    private static final String HBA = "pg_hba.conf";

    private final InstancePlace place;
    private final LocalSql sql;

    FilesOnDisk(InstancePlace place, LocalSql sql) {
        this.place = place;
        this.sql = sql;
    }

    /** Errors in the settings files as they are on disk now. */
    FileErrors settingsErrors() {
        return FileErrors.inSettings(sql);
    }

    /** Those of them that are about pgherder.conf: errors in other files are not ours to undo. */
    FileErrors managedErrors() {
        return settingsErrors().only(FilesOnDisk::isAboutOurFile);
    }

    /** The first errors in pg_hba.conf as it is on disk now; or the one that it cannot be opened. */
    FileErrors hbaErrors() {
        return FileErrors.firstInHba(sql);
    }

    /** The same of pg_ident.conf, of which servers tell from 15 on. */
    private FileErrors identErrors() {
        long version = sql.first("SELECT current_setting('server_version_num')::int / 10000 AS major")
                .orElseThrow()
                .number("major");
        return version < FileErrors.TELLS_OF_IDENT ? FileErrors.NONE : FileErrors.firstInIdent(sql);
    }

    /** Whether the server has read pg_hba.conf since it was written; of a file's time it tells whole seconds, and in doubt it has not. */
    boolean isHbaLoaded() {
        return sql.query("SELECT (pg_stat_file(current_setting('hba_file'))).change"
                        + " < date_trunc('second', pg_conf_load_time()) AS is_loaded")
                .get(0)
                .flag("is_loaded");
    }

    /**
     * Fails if there are errors in settings files that pgherder does not write: nothing that it writes would take effect before they are mended.
     *
     * @param written names that pgherder.conf is about to have: of an earlier line for one of them, spelled the same, the value does not count then
     * @param reset names that are about to be taken out of postgresql.auto.conf, however they are spelled there
     */
    void requireOthersGood(Set<String> written, Collection<String> reset) {
        require(
                settingsErrors().only(error -> !isAboutOurFile(error) && !isMended(error, written, reset)),
                "nothing was written: with one bad line PostgreSQL takes nothing of any file");
    }

    static boolean isMended(FileError error, Set<String> written, Collection<String> reset) {
        return error.isAbout(AutoConf.FILE)
                ? error.isOfSetting(reset)
                : error.setting().filter(written::contains).isPresent();
    }

    private static boolean isAboutOurFile(FileError error) {
        return error.isAbout(ManagedSettings.FILE);
    }

    /** Fails if the server could not use its files as they are on disk now. */
    void requireGoodFiles() {
        require(settingsErrors().and(hbaErrors()).and(identErrors()), NOTHING_TAKEN);
    }

    /** Fails if the server could not use its settings files: then it would not say that it has read pg_hba.conf either. */
    void requireGoodSettings() {
        require(settingsErrors(), NOTHING_TAKEN);
    }

    private void require(FileErrors errors, String consequence) {
        if (!errors.isEmpty()) {
            throw ConfigFileProblem.RELOAD_ERRORS
                    .summary("the configuration files of " + place.node() + " have errors")
                    .details(errors.words())
                    .detail(consequence)
                    .hint(whatHelps(errors))
                    .failure();
        }
    }

    /** Whether hba is declared nobody says here. */
    static String whatHelps(FileErrors errors) {
        if (errors.only(error -> !isAboutOurFile(error)).isEmpty()) {
            return "has somebody edited " + ManagedSettings.FILE
                    + "? Run the same command again: it finds that and writes the file anew";
        }
        boolean isInHba = !errors.only(error -> error.isAbout(HBA)).isEmpty();
        return "whose lines are these? pgherder writes only " + ManagedSettings.FILE + " anew"
                + (isInHba ? ", and " + HBA + " where the topology declares hba" : "")
                + ": correct or remove those in other files";
    }

    /**
     * A setting that is not the one of pgherder.conf.
     *
     * @param name "primary_conninfo"
     * @param source where it comes from: "/data01/pg/postgresql.auto.conf:3", or "no file"
     */
    record Overridden(String name, String source) {
        String words() {
            return name + " is not the one of " + ManagedSettings.FILE + ": it comes from " + source;
        }
    }

    /** Those of the settings by which a standby follows its upstream that somebody else has set. */
    List<Overridden> overriddenUpstream() {
        return overridden(sql.query("SELECT name, sourcefile, sourceline FROM pg_settings"
                + " WHERE name IN ('primary_conninfo', 'primary_slot_name') ORDER BY name"));
    }

    /** @param rows of pg_settings, where one that comes from no file has no sourcefile */
    static List<Overridden> overridden(List<Row> rows) {
        return rows.stream()
                .filter(row -> !row.text("sourcefile").endsWith("/" + ManagedSettings.FILE))
                .map(row -> new Overridden(
                        row.text("name"),
                        row.text("sourcefile").isEmpty()
                                ? "no file"
                                : row.text("sourcefile") + ":" + row.text("sourceline")))
                .toList();
    }

    /**
     * Takes these names out of postgresql.auto.conf, and sees to it that they are out. Takes effect by a reload or a restart. Returns those that
     * were there.
     *
     * @param files of the instance
     */
    Set<String> resetAlterSystem(List<String> names, ConfigurationFiles files) {
        Set<String> altered = altered(names);
        if (mayAlterSystem()) {
            altered.forEach(name -> sql.execute("ALTER SYSTEM RESET " + name));
        } else {
            files.clearAutoConf(altered);
        }
        Set<String> left = altered(names);
        if (!left.isEmpty()) {
            throw ConfigFileProblem.STILL_ALTERED
                    .summary("postgresql.auto.conf of " + place.node() + " still sets " + String.join(", ", left))
                    .detail("ALTER SYSTEM RESET has been carried out")
                    .hint("does somebody set it again and again?")
                    .failure();
        }
        return altered;
    }

    /** From PostgreSQL 17 on it can be forbidden, and then nobody writes the file from what the server has read. */
    private boolean mayAlterSystem() {
        return sql.first("SELECT coalesce(current_setting('allow_alter_system', true), 'on') = 'on' AS may")
                .orElseThrow()
                .flag("may");
    }

    /** Those of the names that postgresql.auto.conf sets at this moment, whether the server has read it or not. */
    private Set<String> altered(List<String> names) {
        return sql
                .query("SELECT name FROM pg_file_settings WHERE name IS NOT NULL"
                        + " AND sourcefile LIKE '%/postgresql.auto.conf'")
                .stream()
                .map(row -> row.text("name"))
                .filter(name -> names.stream().anyMatch(name::equalsIgnoreCase))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The settings that would change with a restart, by the files as they are on disk. Asking marks in this session those that would. */
    List<FormerSettings.Waiting> waitingForRestart() {
        sql.query("SELECT count(*) FROM pg_file_settings");
        return sql
                .query("SELECT name, current_setting(name) AS value, source = 'default' AS is_default FROM pg_settings"
                        + " WHERE pending_restart ORDER BY name")
                .stream()
                .map(row -> new FormerSettings.Waiting(
                        row.text("name"), Optional.of(row.text("value")), row.flag("is_default")))
                .toList();
    }
}
