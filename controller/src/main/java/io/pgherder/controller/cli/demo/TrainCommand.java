package io.pgherder.controller.cli.demo;

import io.pgherder.controller.cli.ExitCode;
import io.pgherder.controller.topology.HostSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code pgherder train}, for the launcher alone: does what every command does (reads a topology, asks an agent over mutual TLS, shows a
 * plan and a status) while the JVM writes down which classes that takes. An archive of these classes makes later starts quick. It looks
 * and changes nothing: the agent is its own, below a directory that it removes, under an account that can do nothing.
 */
@Command(name = "train", hidden = true, description = "Tells the launcher which classes a start needs.")
public final class TrainCommand implements Callable<Integer> {
    /** Not its copying, replication, XA, translations and so on: a class in the archive takes memory whether it is used or not. */
    private static final Pattern USED_OF_THE_DRIVER =
            Pattern.compile("org/postgresql/(core|jdbc|util)/|org/postgresql/[^/]+$|org/newsclub/net/unix/AF");

    private static final Pattern UNUSED_OF_THE_DRIVER = Pattern.compile(
            "/(ArrayDecoding|ArrayEncoding|EscapedFunctions|PgArray|PgBlob|PgClob|PgCallableStatement|PgDatabaseMetaData|PgSQLXML)"
                    + "|/AF(Datagram|Generic|SYSTEM|TIPC|VSOCK)|\\$\\$Lambda\\$");

    private final DemoCommand.OtherCommands others;

    @Option(names = "--classes", required = true, description = "receives pgherder's own classes")
    private Path classes;

    @Option(names = "--agent-classes", required = true, description = "receives those of the agent")
    private Path agentClasses;

    public TrainCommand(DemoCommand.OtherCommands others) {
        this.others = others;
    }

    @Override
    public Integer call() throws IOException {
        Account account = Account.powerless();
        DemoHome home = new DemoHome(Files.createTempDirectory(Path.of("/var/tmp"), "pgherder-train"));
        try {
            home.prepare(account);
            train(home, account);
        } finally {
            HostCommand.of(List.of("rm", "-rf", "--", home.root().toString())).run();
        }
        return ExitCode.OK.number();
    }

    private void train(DemoHome home, Account account) throws IOException {
        HostSpec host = new HostSpec("db1", "127.0.0.1", "127.0.0.1", DemoTopology.freePort("127.0.0.1"), false);
        DemoCertificates certificates = new DemoCertificates(home, account, Instant.now());
        certificates.controller();
        DemoAgent agent = new DemoAgent(home, account, host);
        agent.prepare(certificates);
        AgentBundle bundle = new AgentBundle(home.lib());
        bundle.install(AgentBundle.launcher());

        Path loaded = home.sockets().resolve("agent.classes"); // a directory that the agent may write
        agent.start(
                bundle, Map.of("PGHERDER_NO_ARCHIVE", "1", "PGHERDER_JAVA_OPTS", "-XX:DumpLoadedClassList=" + loaded));
        try {
            agent.awaitListening();
            String file =
                    Files.writeString(home.overlay(), topology(home, host)).toString();
            others.run("plan", file);
            others.run("status", file);
            others.run("drift", file);
        } finally {
            agent.process().ifPresent(DemoProcess::stop);
        }
        // What training did not come by, such as the messages about a running server: all of ours, and the agent's JDBC
        // driver.
        Files.copy(loaded, agentClasses);
        append(
                agentClasses,
                bundle.jar(),
                name -> name.startsWith("io/pgherder/")
                        || (USED_OF_THE_DRIVER.matcher(name).lookingAt()
                                && !UNUSED_OF_THE_DRIVER.matcher(name).find()));
        Files.createFile(classes);
        append(classes, ownJar(), name -> name.startsWith("io/pgherder/"));
    }

    private static String topology(DemoHome home, HostSpec host) {
        return """
                cluster: training
                primary: pg1
                postgres: { version: 15, superuser: postgres }
                replication: { user: rep, password: { file: secrets/rep.password } }
                synchronous: { any: 1, of: [pg1, pg2] }
                agents: { tls: tls }
                hosts:
                  db1: { address: %s, agent: ":%d" }
                defaults: { data_dir: "%s/{node}", wal_dir: "%s/{node}" }
                nodes:
                  pg1: { host: db1, port: 1921 }
                  pg2: { host: db1, port: 1922 }
                settings: { shared_buffers: 64MB }
                hba:
                  - host replication rep 127.0.0.0/8 scram-sha-256
                """.formatted(host.address(), host.agentPort(), home.dataRoot(), home.walRoot());
    }

    /** The launcher's class path is this one jar. */
    private static Path ownJar() {
        return Path.of(System.getProperty("java.class.path"));
    }

    private static void append(Path list, Path jar, Predicate<String> wanted) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            List<String> names = file.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class") && wanted.test(name))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .toList();
            Files.write(list, names, StandardOpenOption.APPEND);
        }
    }
}
