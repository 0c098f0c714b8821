package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.AutoConf;
import io.pgherder.agent.configfile.HbaFile;
import io.pgherder.agent.configfile.IdentFile;
import io.pgherder.agent.configfile.ManagedSettings;
import io.pgherder.agent.configfile.PassFile;
import io.pgherder.agent.configfile.PostgresConf;
import io.pgherder.agent.configfile.PrimaryConninfo;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.system.AtomicFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The configuration files of one instance, staged or in use, as pgherder writes them: those of its configuration directory, and of its data
 * directory those that PostgreSQL keeps there in any case. The two are the same one unless the topology says otherwise.
 */
final class ConfigurationFiles {
    /** With these the server would use files that the agent neither knows nor may touch. */
    private static final Set<String> FORBIDDEN = Set.of(
            "config_file",
            "data_directory",
            "external_pid_file",
            "hba_file",
            "ident_file",
            "include",
            "include_dir",
            "include_if_exists");

    /** What pgherder.conf holds whatever is declared under settings. */
    static final Set<String> DECIDED = Set.of(
            "cluster_name",
            "hot_standby",
            "port",
            "primary_conninfo",
            "primary_slot_name",
            "recovery_target_timeline",
            "synchronous_standby_names");

    private static final String OWN_POSTGRES_CONF =
            "# Made by pgherder: the node that this one was copied from keeps its postgresql.conf elsewhere.\n";

    private final InstancePlace place;
    private final Directory data;
    private final Directory configuration;
    private final Host host;

    /** @param files how the files of the directory are written */
    record Directory(Path path, Function<Path, AtomicFile> files) {
        AtomicFile file(String name) {
            return files.apply(path.resolve(name));
        }
    }

    ConfigurationFiles(InstancePlace place, Directory data, Directory configuration, Host host) {
        this.place = place;
        this.data = data;
        this.configuration = configuration;
        this.host = host;
    }

    AtomicFile managed() {
        return configuration.file(ManagedSettings.FILE);
    }

    AtomicFile postgresConf() {
        return configuration.file("postgresql.conf");
    }

    AtomicFile hba() {
        return configuration.file("pg_hba.conf");
    }

    AtomicFile standbySignal() {
        return file("standby.signal");
    }

    CheckedFile checkedManaged() {
        return new CheckedFile(managed(), host.files(place).previousSettings());
    }

    CheckedFile checkedHba() {
        return new CheckedFile(hba(), host.files(place).previousHba());
    }

    boolean isStandby() {
        return standbySignal().read().isPresent();
    }

    /** What pgherder.conf holds now; nothing if there is no such file. It is this cluster's, whatever its first line says. */
    ManagedSettings settings() {
        return new ManagedSettings(
                place.cluster(),
                ManagedSettings.parse(managed().read().orElse("")).values());
    }

    /** What pgherder.conf is to hold: the declared settings, and those that pgherder decides. */
    ManagedSettings settingsFor(NodeConfiguration configuration) {
        configuration.settings().keySet().forEach(this::refuseForbidden);
        Map<String, String> values = new TreeMap<>();
        // Declared by nobody as a rule; without it an ordinary account could not start a server built for
        // /var/run/postgresql.
        values.put("unix_socket_directories", host.socketDir().toString());
        values.putAll(configuration.settings());
        values.put("port", Integer.toString(place.port()));
        values.put("cluster_name", place.node());
        values.put("hot_standby", "on");
        values.put("recovery_target_timeline", "latest");
        values.put("synchronous_standby_names", configuration.synchronousStandbyNames());
        configuration.upstream().ifPresent(upstream -> values.putAll(following(upstream)));
        return ManagedSettings.of(place.cluster(), values);
    }

    private void refuseForbidden(String name) {
        if (FORBIDDEN.contains(name.toLowerCase(Locale.ROOT))) {
            throw ConfigFileProblem.FORBIDDEN_SETTING
                    .summary("refusing to set " + name + " on " + place.node())
                    .hint(
                            "these files are in the data directory, or where config_dir says; remove the setting from the topology file")
                    .failure();
        }
    }

    /** The settings by which a standby follows this upstream; no slot is said too, so that an older one does not stay. */
    Map<String, String> following(Upstream upstream) {
        return Map.of(
                "primary_conninfo",
                conninfo(upstream, place.node()).text(),
                "primary_slot_name",
                upstream.slot().orElse(""));
    }

    PrimaryConninfo conninfo(Upstream upstream, String applicationName) {
        return new PrimaryConninfo(
                upstream.host(),
                upstream.port(),
                upstream.credentials().user(),
                host.files(place).passfile().path().toString(),
                applicationName,
                upstream.options());
    }

    /** Everything that a new instance needs, before it gets its final name. */
    void writeNew(NodeConfiguration configuration) {
        configuration.upstream().ifPresent(this::writePassfile);
        if (place.configDir().isPresent()) {
            // What initdb made or a copy brought along would be read by nobody but a person, who would take it for what
            // is in force.
            List.of("postgresql.conf", "pg_hba.conf", "pg_ident.conf", ManagedSettings.FILE)
                    .forEach(name -> data.file(name).delete());
        } else if (lacksPostgresConf()) {
            postgresConf().write(OWN_POSTGRES_CONF);
        }
        managed().write(settingsFor(configuration).render());
        includeManaged();
        hba().write(hbaText(configuration.hba()));
        writeIdent();
    }

    /** The passwords for these upstreams, and no others. Returns whether something was changed. */
    boolean writePassfile(Upstream... upstreams) {
        List<PassFile.Entry> entries =
                Arrays.stream(upstreams).map(ConfigurationFiles::password).toList();
        return host.files(place).passfile().writeIfChanged(PassFile.render(entries));
    }

    /**
     * The password for this upstream too: the one that is followed now keeps its own until it is left. Returns whether something was
     * changed.
     */
    boolean addPassword(Upstream upstream) {
        AtomicFile passfile = host.files(place).passfile();
        return passfile.writeIfChanged(
                PassFile.with(password(upstream), passfile.read().orElse("")));
    }

    private static PassFile.Entry password(Upstream upstream) {
        return new PassFile.Entry(
                upstream.host(),
                upstream.port(),
                upstream.credentials().user(),
                upstream.credentials().password());
    }

    /** As a copy does of a node that has its configuration elsewhere than in its data directory. */
    boolean lacksPostgresConf() {
        return postgresConf().read().isEmpty();
    }

    /** Fails where the configuration is elsewhere and is not there: pgherder makes none outside of a data directory. */
    void requirePostgresConfElsewhere() {
        if (place.configDir().isPresent() && lacksPostgresConf()) {
            throw noPostgresConf();
        }
    }

    /** Makes pgherder.conf count. Returns whether something was changed. */
    boolean includeManaged() {
        String text = postgresConf().read().orElseThrow(this::noPostgresConf);
        return postgresConf().writeIfChanged(PostgresConf.withIncludeLast(text));
    }

    /** What pg_hba.conf is to hold: these rules, or what it holds already; the agent's own way in first. */
    String hbaText(Optional<List<String>> rules) {
        return rules.map(given -> HbaFile.render(place.superuser(), host.account(), given))
                .orElseGet(() -> HbaFile.withOwnRuleFirst(
                        place.superuser(), host.account(), hba().read().orElse("")));
    }

    /** Where the agent comes in by its own map, that is there: without it the next start, or a reload, would lock it out. */
    void keepWayIn() {
        String own = HbaFile.ownRule(place.superuser(), host.account());
        boolean isByMap = own.endsWith("map=" + IdentFile.MAP);
        if (isByMap
                && hba().read()
                        .filter(text -> HbaFile.rules(text).contains(own))
                        .isPresent()) {
            writeIdent();
        }
    }

    void writeIdent() {
        AtomicFile ident = configuration.file("pg_ident.conf");
        ident.writeIfChanged(IdentFile.withMapping(
                place.superuser(), host.account(), ident.read().orElse("")));
    }

    /** Takes out of postgresql.auto.conf what would beat pgherder.conf. No server may run here. */
    void clearAutoConf() {
        clearAutoConf(settings().values().keySet());
    }

    /**
     * Takes these names out of postgresql.auto.conf. No server may run here that may alter the system: it would write the file anew from what it
     * has read.
     */
    void clearAutoConf(Set<String> names) {
        AtomicFile autoConf = file(AutoConf.FILE);
        autoConf.read().ifPresent(text -> autoConf.writeIfChanged(AutoConf.without(names, text)));
    }

    /** One that PostgreSQL keeps in the data directory wherever its configuration is. */
    AtomicFile file(String name) {
        return data.file(name);
    }

    private RuntimeException noPostgresConf() {
        return ConfigFileProblem.NO_INSTANCE
                .summary("there is no " + postgresConf().path())
                .hint("does " + place.node()
                        + " keep its configuration elsewhere? The topology file says so with config_dir")
                .failure();
    }
}
