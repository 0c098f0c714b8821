package io.pgherder.controller.it.drift;

import io.pgherder.controller.testing.Eventually;
import io.pgherder.controller.testing.Shell;
import io.pgherder.controller.testing.TestCluster;
import io.pgherder.controller.testing.TestedPostgres;
import io.pgherder.controller.testing.WholeCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** What a person does at the hosts of a cluster, without pgherder. */
public record Hands(TestCluster cluster) {
    private static final Duration SOON = Duration.ofSeconds(30);

    public void sql(String node, String statement) {
        cluster.sql(node, statement);
    }

    public String shows(String node, String query) {
        return cluster.sql(node, query);
    }

    public void reload(String node) {
        cluster.sql(node, "select pg_reload_conf()");
    }

    public void alterSystem(String node, String change) {
        cluster.sql(node, "alter system " + change);
        reload(node);
    }

    public Path file(String node, String name) {
        return cluster.dataDirectory(node).resolve(name);
    }

    public Path walDirectory(String node) {
        return cluster.home().walRoot().resolve(node);
    }

    public void edit(String node, String name, UnaryOperator<String> change) {
        try {
            String before = Files.readString(file(node, name));
            String after = change.apply(before);
            if (after.equals(before)) {
                throw new AssertionError("the edit changed nothing in\n" + before);
            }
            Files.writeString(file(node, name), after);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void replace(String node, String name, String text, String by) {
        edit(node, name, before -> before.replace(text, by));
    }

    public void append(String node, String name, String line) {
        edit(node, name, before -> before + line + "\n");
    }

    public void prepend(String node, String name, String line) {
        edit(node, name, before -> line + "\n" + before);
    }

    /** Another value in pgherder.conf. */
    public void manage(String node, String setting, String value) {
        edit(
                node,
                "pgherder.conf",
                text -> text.replaceAll("(?m)^" + setting + " = .*", setting + " = '" + value + "'"));
    }

    /** Puts another value of pgherder.conf in force. */
    public void enforce(String node, String setting, String value) {
        manage(node, setting, value);
        reload(node);
        awaitSetting(node, setting, value);
    }

    public void awaitSetting(String node, String setting, String value) {
        await(
                node + " has " + setting + " = " + value,
                () -> shows(node, "show " + setting).equals(value));
    }

    public void await(String what, BooleanSupplier holds) {
        Eventually.await(what, SOON, holds);
    }

    public void stop(String node, String... options) {
        cluster.pgCtl("stop", node, options);
    }

    public void start(String node, String... options) {
        String[] all = Arrays.copyOf(options, options.length + 1);
        all[options.length] = "--log=" + cluster.home().sockets().resolve(node + ".log");
        cluster.pgCtl("start", node, all);
    }

    /** Anew, with no options of an earlier start. */
    public void restart(String node, String... options) {
        stop(node);
        start(node, options);
    }

    /** One that lasts until the server ends it, or the statement has ended. */
    public void session(String node, String statement) {
        run(
                "sh",
                "-c",
                "exec \"$@\" >/dev/null 2>&1 &",
                "sh",
                program("psql"),
                "--host=" + cluster.home().sockets(),
                "--port=" + cluster.node(node).port(),
                "--username=postgres",
                "--dbname=postgres",
                "--command=" + statement);
        await(
                "the session is there",
                () -> !shows(node, "select pid from pg_stat_activity where wait_event = 'PgSleep'")
                        .isEmpty());
    }

    /** By a slot, as an archive of its own does, until the server ends it. */
    public void receiveWal(String node, String slot) {
        run(
                "sh",
                "-c",
                "PGPASSWORD=$0 exec \"$@\" >/dev/null 2>&1 &",
                "only for tests",
                program("pg_receivewal"),
                "--no-loop",
                "--host=" + cluster.agent(cluster.node(node).host()).address(),
                "--port=" + cluster.node(node).port(),
                "--username=rep",
                "--slot=" + slot,
                "--directory=" + cluster.home().walRoot());
        await(
                "slot " + slot + " is in use",
                () -> shows(node, "select active from pg_replication_slots where slot_name = '" + slot + "'")
                        .equals("t"));
    }

    public void signalReceiver(String node, String signal) {
        run("kill", "-" + signal, shows(node, "select pid from pg_stat_activity where backend_type = 'walreceiver'"));
    }

    /** The path of one of PostgreSQL's programs. */
    public String program(String name) {
        return TestedPostgres.program(name);
    }

    /** The directories of a node, where nobody looks for them. */
    public void setAside(String node) {
        run("mv", file(node, "").toString(), file(node + ".aside", "").toString());
        run("mv", walDirectory(node).toString(), walDirectory(node + ".aside").toString());
    }

    public void copyAside(String node) {
        run("cp", "-a", file(node, "").toString(), file(node + ".copy", "").toString());
        run(
                "cp",
                "-a",
                walDirectory(node).toString(),
                walDirectory(node + ".copy").toString());
    }

    /** The copy in place of what has become of the node since. */
    public void putBack(String node) {
        run("rm", "-rf", file(node, "").toString(), walDirectory(node).toString());
        run("mv", file(node + ".copy", "").toString(), file(node, "").toString());
        run("mv", walDirectory(node + ".copy").toString(), walDirectory(node).toString());
    }

    public void run(String... argv) {
        Shell.run(argv);
    }

    public void apply(String... options) {
        WholeCluster.assertApplied(cluster, options);
    }
}
