package io.pgherder.controller.testing;

import io.pgherder.controller.certificate.CertificateAuthority;
import io.pgherder.controller.certificate.PemFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A cluster for one test or one class of tests: agents that run, a topology file, no instance yet. Everything that it or the test starts
 * below its directory is stopped when it is closed.
 */
public final class TestCluster implements AutoCloseable {
    private static final String STAGING = ".pgherder-staging";

    private final TestHome home = new TestHome();
    private final CertificateAuthority authority = CertificateAuthority.create("pgherder test CA", Instant.now());
    private final Map<String, AgentProcess> agents = new LinkedHashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Path topologyFile = home.path("cluster.yaml");

    /** One node of the test's topology. */
    public record Node(String name, String host, int port, Optional<String> follows) {}

    private TestCluster(int hosts) {
        int firstAgent = FreePorts.row(hosts);
        for (int i = 1; i <= hosts; i++) {
            agents.put(
                    "db" + i, new AgentProcess(home, "db" + i, "127.0.0." + i, firstAgent + i - 1).prepare(authority));
        }
        PemFiles.write(home.path("tls"), "controller", authority.issueController("a test", Instant.now()));
        PemFiles.writeCertificate(home.path("tls").resolve("ca.crt"), authority.certificate());
        writePassword("only for tests");
    }

    /** The cluster of inventories/t5.yaml, on free ports: three hosts, a primary, three standbys and one below the first of them. */
    public static TestCluster t5() {
        TestCluster cluster = new TestCluster(3);
        int port = FreePorts.row(5);
        cluster.nodes.add(new Node("n1", "db1", port, Optional.empty()));
        cluster.nodes.add(new Node("n2", "db2", port + 1, Optional.empty()));
        cluster.nodes.add(new Node("n3", "db3", port + 2, Optional.empty()));
        cluster.nodes.add(new Node("n4", "db1", port + 3, Optional.empty()));
        cluster.nodes.add(new Node("n5", "db2", port + 4, Optional.of("n2")));
        return cluster.ready();
    }

    /** A primary and a standby on two hosts. */
    public static TestCluster pair() {
        TestCluster cluster = new TestCluster(2);
        int port = FreePorts.row(2);
        cluster.nodes.add(new Node("n1", "db1", port, Optional.empty()));
        cluster.nodes.add(new Node("n2", "db2", port + 1, Optional.empty()));
        return cluster.ready();
    }

    /** Agents without a topology file: the test builds a primary, two standbys and one below the first of them by hand. */
    public static TestCluster handBuilt() {
        TestCluster cluster = new TestCluster(3);
        int port = FreePorts.row(4);
        cluster.nodes.add(new Node("n1", "db1", port, Optional.empty()));
        cluster.nodes.add(new Node("n2", "db2", port + 1, Optional.empty()));
        cluster.nodes.add(new Node("n3", "db3", port + 2, Optional.empty()));
        cluster.nodes.add(new Node("n4", "db2", port + 3, Optional.of("n2")));
        return cluster.running();
    }

    /** A primary, two standbys, and one below the first of them, on two hosts. */
    public static TestCluster cascade() {
        TestCluster cluster = new TestCluster(2);
        int port = FreePorts.row(4);
        cluster.nodes.add(new Node("n1", "db1", port, Optional.empty()));
        cluster.nodes.add(new Node("n2", "db2", port + 1, Optional.empty()));
        cluster.nodes.add(new Node("n3", "db1", port + 2, Optional.empty()));
        cluster.nodes.add(new Node("n4", "db2", port + 3, Optional.of("n2")));
        return cluster.ready();
    }

    private TestCluster ready() {
        write(topology());
        return running();
    }

    private TestCluster running() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "close " + topologyFile));
        agents.values().forEach(AgentProcess::launch);
        agents.values().forEach(AgentProcess::awaitListening);
        return this;
    }

    private String topology() {
        String synchronousGroup = nodes.stream()
                .filter(node -> node.follows().isEmpty())
                .map(Node::name)
                .collect(Collectors.joining(", "));
        String hosts = agents.values().stream()
                .map(agent -> "  %s: { address: %s, agent: \"%s\" }\n"
                        .formatted(agent.host(), agent.address(), agent.endpoint()))
                .collect(Collectors.joining());
        String declared = nodes.stream()
                .map(node -> "  %s: { host: %s, port: %d%s }\n"
                        .formatted(
                                node.name(),
                                node.host(),
                                node.port(),
                                node.follows().map(up -> ", follows: " + up).orElse("")))
                .collect(Collectors.joining());
        return """
                cluster: testing
                primary: n1
                postgres:
                  version: %d
                  superuser: postgres
                replication:
                  user: rep
                  password: { file: rep.password }
                  slots: true
                synchronous: { any: 1, of: [%s] }
                agents: { tls: tls }
                hosts:
                %sdefaults:
                  data_dir: %s/{node}
                  wal_dir: %s/{node}
                nodes:
                %ssettings:
                  listen_addresses: "{address}"
                  shared_buffers: 16MB
                  max_connections: 30
                  max_wal_senders: 12
                  wal_retrieve_retry_interval: 200ms
                hba:
                  - local all all peer
                  - host replication rep 127.0.0.0/8 scram-sha-256
                  - host all all 127.0.0.0/8 scram-sha-256
                """.formatted(
                TestedPostgres.MAJOR_VERSION, synchronousGroup, hosts, home.dataRoot(), home.walRoot(), declared);
    }

    public TestHome home() {
        return home;
    }

    public AgentProcess agent(String host) {
        return Optional.ofNullable(agents.get(host)).orElseThrow();
    }

    public List<AgentProcess> agents() {
        return List.copyOf(agents.values());
    }

    public List<Node> nodes() {
        return List.copyOf(nodes);
    }

    public Node node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    public Path topologyFile() {
        return topologyFile;
    }

    public Path dataDirectory(String node) {
        return home.dataRoot().resolve(node);
    }

    /** Changes the topology file as an editor would. */
    public TestCluster edit(UnaryOperator<String> change) {
        try {
            String before = Files.readString(topologyFile);
            String after = change.apply(before);
            if (after.equals(before)) {
                throw new AssertionError("the edit changed nothing in\n" + before);
            }
            write(after);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** An edit: the clusters of other tests, which run on this machine too, are nobody's business. */
    public static String besideOthers(String topology) {
        return shareHosts(topology.replace(
                "cluster: testing",
                "cluster: testing_" + ProcessHandle.current().pid()));
    }

    /** An edit. */
    public static String shareHosts(String topology) {
        return topology.replaceAll("(agent: \"[^\"]+\") }", "$1, shared: true }");
    }

    private void write(String topology) {
        try {
            Files.writeString(topologyFile, topology);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void writePassword(String password) {
        Path file = home.path("rep.password");
        try {
            Files.writeString(file, password + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the controller's certificate by one of another authority. */
    public void distrustController() {
        CertificateAuthority stranger = CertificateAuthority.create("another CA", Instant.now());
        PemFiles.write(home.path("tls"), "controller", stranger.issueController("a stranger", Instant.now()));
    }

    /** Gives the agent of a host a certificate, and an authority, that the controller does not know. */
    public void distrustAgent(String host) {
        agent(host).stop();
        agent(host)
                .prepare(CertificateAuthority.create("another CA", Instant.now()))
                .start();
    }

    /**
     * {@code pgherder COMMAND TOPOLOGY OPTIONS...}. Where the options name no time an agent may take longer than usual to answer: one that
     * has only just started does on a machine that is busy with other tests.
     */
    public PgherderCommand pgherder(String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command, topologyFile.toString()));
        arguments.addAll(List.of(options));
        if (!arguments.contains("--timeout")) {
            arguments.addAll(List.of("--timeout", "60s"));
        }
        return new PgherderCommand(home, arguments);
    }

    /** {@code pgherder import} by all agents. */
    public PgherderCommand pgherderImport(String... options) {
        List<String> arguments = new ArrayList<>(List.of("import"));
        agents.values().forEach(agent -> arguments.addAll(List.of("--agent", agent.endpoint())));
        arguments.addAll(List.of("--tls", home.path("tls").toString(), "--timeout", "60s"));
        arguments.addAll(List.of(options));
        return new PgherderCommand(home, arguments);
    }

    /** The result of a query on a node, as its superuser; columns apart by |, rows by line. */
    public String sql(String node, String query) {
        return Shell.run(
                TestedPostgres.program("psql"),
                "-XAtq",
                "-h",
                home.sockets().toString(),
                "-p",
                Integer.toString(node(node).port()),
                "-U",
                "postgres",
                "-d",
                "postgres",
                "-v",
                "ON_ERROR_STOP=1",
                "-c",
                query);
    }

    /** Stops, starts or restarts a node as a person would, with {@code pg_ctl}. */
    public void pgCtl(String verb, String node, String... options) {
        List<String> command = new ArrayList<>(
                List.of(TestedPostgres.program("pg_ctl"), verb, "--silent", "--pgdata=" + dataDirectory(node)));
        command.addAll(List.of(options));
        Shell.run(command.toArray(String[]::new));
    }

    /** The names of the nodes that stream from this one. */
    public List<String> followers(String node) {
        String names = sql(
                node,
                "select application_name from pg_stat_replication where state = 'streaming' order by application_name");
        return names.isEmpty() ? List.of() : names.lines().toList();
    }

    public long postmasterPid(String node) {
        return Long.parseLong(postmasterFile(node).get(0));
    }

    /** Its postmaster lives, and is waiting for its children to end. */
    public boolean isStopping(String node) {
        return postmasterFile(node).contains("stopping");
    }

    /** Its server takes connections. */
    public boolean isReady(String node) {
        return postmasterFile(node).contains("ready");
    }

    private List<String> postmasterFile(String node) {
        try {
            return Files.readAllLines(dataDirectory(node).resolve("postmaster.pid")).stream()
                    .map(String::strip)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many postmasters run on the node's directory: the answer must never be two. */
    public long postmasters(String node) {
        return postmasterPids(node).size();
    }

    /** The postmasters that run on each node's directory. */
    public Map<String, Set<Long>> postmasters() {
        return nodes.stream().collect(Collectors.toMap(Node::name, node -> postmasterPids(node.name())));
    }

    private Set<Long> postmasterPids(String node) {
        String directory = dataDirectory(node).toString();
        Map<Long, ProcessHandle> found = ProcessHandle.allProcesses()
                .filter(process -> isPostmasterOf(process, directory))
                .collect(Collectors.toMap(ProcessHandle::pid, process -> process));
        // A child that has only just been forked still goes by its postmaster's command line.
        return found.values().stream()
                .filter(process -> process.parent()
                        .filter(parent -> found.containsKey(parent.pid()))
                        .isEmpty())
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    /** Names of staging directories that no agent has an operation for: there must be none while agents run. */
    public List<String> abandoned() {
        List<String> before = staging();
        String inFlight = agents.values().stream()
                .flatMap(agent -> agent.journal().stream())
                .collect(Collectors.joining("\n", "", "\n"));
        List<String> after = staging(); // what has ended meanwhile has taken its directory along
        return before.stream()
                .filter(after::contains)
                .filter(name -> !inFlight.contains("/" + name.replace(STAGING, "") + "\n"))
                .toList();
    }

    private List<String> staging() {
        return home.content().stream().filter(name -> name.endsWith(STAGING)).toList();
    }

    private static boolean isPostmasterOf(ProcessHandle process, String directory) {
        try {
            String commandLine = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
            return commandLine.contains("/postgres\0") && commandLine.contains(directory + "\0");
        } catch (IOException e) {
            return false; // it has just ended
        }
    }

    @Override
    public synchronized void close() {
        agents.values().forEach(AgentProcess::close);
        if (!Files.exists(home.dataRoot())) {
            return;
        }
        for (Node node : nodes) {
            if (Files.exists(dataDirectory(node.name()).resolve("postmaster.pid"))) {
                Shell.capture(
                        Shell.asAccount(List.of(
                                TestedPostgres.program("pg_ctl"),
                                "stop",
                                "--silent",
                                "--mode=immediate",
                                "--pgdata=" + dataDirectory(node.name()))),
                        Map.of());
            }
        }
        home.close();
    }
}
