package io.pgherder.controller.testing;

import io.pgherder.controller.testing.TestCluster.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The instances of a {@link TestCluster#handBuilt}, made as people make them: the primary and a standby in Debian's layout, with their
 * configuration in directories of their own; standbys by {@code pg_basebackup -R}, so that their upstream stands in postgresql.auto.conf.
 */
public final class HandBuilt {
    private static final String PASSWORD = "only for tests";

    private static final Set<String> IN_DEBIANS_LAYOUT = Set.of("n1", "n3");

    private final TestCluster cluster;

    public HandBuilt(TestCluster cluster) {
        this.cluster = cluster;
    }

    /** Where its postgresql.conf and pg_hba.conf are. */
    public Path configDirectory(String name) {
        return IN_DEBIANS_LAYOUT.contains(name)
                ? cluster.home().dataRoot().resolve("etc").resolve(name)
                : cluster.dataDirectory(name);
    }

    public HandBuilt build() {
        primary();
        standby("n2", "n1");
        standby("n3", "n1");
        standby("n4", "n2");
        cluster.sql("n1", "alter system set synchronous_standby_names = 'ANY 1 (n2, n3)'");
        cluster.sql("n1", "select pg_reload_conf()");
        for (Node node : cluster.nodes()) {
            cluster.sql(node.name(), "alter system set maintenance_work_mem = '32MB'");
            cluster.sql(node.name(), "select pg_reload_conf()");
        }
        Eventually.await(
                "all stream",
                Duration.ofSeconds(30),
                () -> cluster.followers("n1").equals(List.of("n2", "n3"))
                        && cluster.followers("n2").equals(List.of("n4")));
        return this;
    }

    private void primary() {
        Path data = cluster.dataDirectory("n1");
        program(
                "initdb",
                "-D",
                data.toString(),
                "-U",
                "postgres",
                "--auth-local=trust",
                "--data-checksums",
                "--no-sync");
        configuration("n1");
        start("n1");
        // What 13 does not do unasked.
        cluster.sql(
                "n1",
                "set password_encryption = 'scram-sha-256'; create role rep login replication password '" + PASSWORD
                        + "'");
    }

    private void standby(String name, String upstream) {
        Path data = cluster.dataDirectory(name);
        Node from = cluster.node(upstream);
        program(
                "pg_basebackup",
                "-D",
                data.toString(),
                "-d",
                "host=" + cluster.agent(from.host()).address() + " port=" + from.port() + " user=rep password='"
                        + PASSWORD + "' application_name=" + name,
                "-R",
                "-C",
                "-S",
                name,
                "-c",
                "fast",
                "--no-sync");
        configuration(name);
        start(name);
    }

    private void configuration(String name) {
        Path directory = configDirectory(name);
        if (IN_DEBIANS_LAYOUT.contains(name)) {
            inDebiansLayout(name);
        } else {
            // A copy of one that has its configuration elsewhere has none.
            append(directory.resolve("postgresql.conf"), settings(name));
        }
        append(directory.resolve("pg_ident.conf"), "");
        Shell.run("rm", "-f", directory.resolve("pg_hba.conf").toString());
        append(directory.resolve("pg_hba.conf"), """
                # TYPE  DATABASE     USER  ADDRESS      METHOD
                local   all          all                trust
                host    replication  rep   127.0.0.0/8  scram-sha-256
                host    all          all   127.0.0.0/8  scram-sha-256
                """);
    }

    private void inDebiansLayout(String name) {
        Path data = cluster.dataDirectory(name);
        Path directory = configDirectory(name);
        Shell.run("mkdir", "-p", directory + "/conf.d");
        for (String file : List.of("postgresql.conf", "pg_hba.conf", "pg_ident.conf")) {
            Shell.run("rm", "-f", data.resolve(file).toString());
        }
        append(directory.resolve("postgresql.conf"), """
                data_directory = '%s'
                hba_file = '%s/pg_hba.conf'
                ident_file = '%s/pg_ident.conf'
                external_pid_file = '%s/%s.pid'
                cluster_name = '%d/main'
                include_dir = 'conf.d'
                """.formatted(
                        data, directory, directory, cluster.home().sockets(), name, TestedPostgres.MAJOR_VERSION));
        append(directory.resolve("conf.d/people.conf"), settings(name));
    }

    private String settings(String name) {
        return """
                # edited by hand
                port = %d
                listen_addresses = '%s'
                unix_socket_directories = '%s'
                shared_buffers = 16MB
                max_connections = 30
                max_wal_senders = 12
                wal_retrieve_retry_interval = 200ms
                log_line_prefix = '%%m [%%p] "%%a" '
                work_mem = %s
                # not archived, yet
                archive_command = 'cp %%p /nowhere/%%f'
                recovery_end_command = 'sshpass -p hunter2 ssh ops true'
                tcp_keepalives_idle = 60
                """.formatted(
                        cluster.node(name).port(),
                        cluster.agent(cluster.node(name).host()).address(),
                        cluster.home().sockets(),
                        name.equals("n3") ? "7MB" : "5MB");
    }

    /** A person's line at the end of its postgresql.conf, not loaded. */
    public void edit(String name, String line) {
        append(configDirectory(name).resolve("postgresql.conf"), line + "\n");
    }

    private static void append(Path file, String text) {
        Shell.run("sh", "-c", "cat >> \"$0\" <<'EOF'\n" + text + "EOF\n", file.toString());
    }

    private void start(String name) {
        List<String> command = new ArrayList<>(List.of(
                "start",
                "-w",
                "-s",
                "-D",
                cluster.dataDirectory(name).toString(),
                "-l",
                log(name).toString()));
        if (IN_DEBIANS_LAYOUT.contains(name)) {
            command.addAll(List.of("-o", "-c config_file=" + configDirectory(name) + "/postgresql.conf"));
        }
        program("pg_ctl", command.toArray(String[]::new));
    }

    private Path log(String name) {
        return cluster.home().sockets().resolve(name + ".log");
    }

    private static void program(String name, String... arguments) {
        List<String> command = new ArrayList<>(List.of(TestedPostgres.program(name)));
        command.addAll(List.of(arguments));
        Shell.run(command.toArray(String[]::new));
    }

    /** What a person does with the written file: says where the password is, and that other tests run on the same hosts. */
    public void nameThePassword() {
        cluster.edit(text -> TestCluster.shareHosts(
                text.replace("{ env: PGHERDER_REPLICATION_PASSWORD }", "{ file: rep.password }")));
    }

    /** Its whole text. */
    public String topology() {
        try {
            return Files.readString(cluster.topologyFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
