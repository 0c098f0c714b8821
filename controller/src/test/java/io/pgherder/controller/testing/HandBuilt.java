package io.pgherder.controller.testing;

import io.pgherder.controller.testing.TestCluster.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The instances of a {@link TestCluster#handBuilt}, made as people make them: the primary in Debian's layout, with its configuration in a
 * directory of its own; standbys by {@code pg_basebackup -R}, so that their upstream stands in postgresql.auto.conf.
 */
public final class HandBuilt {
    private static final String PASSWORD = "only for tests";

    private final TestCluster cluster;

    public HandBuilt(TestCluster cluster) {
        this.cluster = cluster;
    }

    /** Of the primary. */
    public Path configDirectory() {
        return cluster.home().dataRoot().resolve("etc/n1");
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
        Shell.run("mkdir", "-p", configDirectory() + "/conf.d");
        for (String name : List.of("postgresql.conf", "pg_hba.conf", "pg_ident.conf")) {
            Shell.run(
                    "mv",
                    data.resolve(name).toString(),
                    configDirectory().resolve(name).toString());
        }
        append(configDirectory().resolve("postgresql.conf"), """
                data_directory = '%s'
                hba_file = '%s/pg_hba.conf'
                ident_file = '%s/pg_ident.conf'
                external_pid_file = '%s/n1.pid'
                cluster_name = '%d/main'
                include_dir = 'conf.d'
                """.formatted(
                data, configDirectory(), configDirectory(), cluster.home().sockets(), TestedPostgres.MAJOR_VERSION));
        append(configDirectory().resolve("conf.d/people.conf"), settings("n1"));
        hba(configDirectory());
        start("n1", "-o", "-c config_file=" + configDirectory() + "/postgresql.conf");
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
        // A copy of one that has its configuration elsewhere has none.
        append(data.resolve("postgresql.conf"), settings(name));
        append(data.resolve("pg_ident.conf"), "");
        hba(data);
        start(name);
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
                tcp_keepalives_idle = 60
                """.formatted(
                        cluster.node(name).port(),
                        cluster.agent(cluster.node(name).host()).address(),
                        cluster.home().sockets(),
                        name.equals("n3") ? "7MB" : "5MB");
    }

    private static void hba(Path directory) {
        Shell.run("rm", "-f", directory.resolve("pg_hba.conf").toString());
        append(directory.resolve("pg_hba.conf"), """
                # TYPE  DATABASE     USER  ADDRESS      METHOD
                local   all          all                trust
                host    replication  rep   127.0.0.0/8  scram-sha-256
                host    all          all   127.0.0.0/8  scram-sha-256
                """);
    }

    /** A person's line at the end of its postgresql.conf, not loaded. */
    public void edit(String name, String line) {
        append(cluster.dataDirectory(name).resolve("postgresql.conf"), line + "\n");
    }

    private static void append(Path file, String text) {
        Shell.run("sh", "-c", "cat >> \"$0\" <<'EOF'\n" + text + "EOF\n", file.toString());
    }

    private void start(String name, String... options) {
        List<String> command = new ArrayList<>(List.of(
                "start",
                "-w",
                "-s",
                "-D",
                cluster.dataDirectory(name).toString(),
                "-l",
                log(name).toString()));
        command.addAll(List.of(options));
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
