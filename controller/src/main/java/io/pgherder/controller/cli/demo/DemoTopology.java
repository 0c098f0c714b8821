package io.pgherder.controller.cli.demo;

import io.pgherder.controller.topology.HostSpec;
import io.pgherder.controller.topology.NodeSpec;
import io.pgherder.controller.topology.Topology;
import io.pgherder.controller.topology.yaml.TopologyFile;
import io.pgherder.controller.topology.yaml.TopologyReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The topology that the demo applies: the example as it stands, or, where this machine has another version of PostgreSQL or somebody
 * else at a port, a few lines that extend it. What has been made once stays where it is.
 */
final class DemoTopology {
    private static final int HIGHEST_PORT = 65535;

    private final DemoHome home;
    private final Path example;
    private final Consumer<String> say;
    private final TopologyReader reader = new TopologyReader();

    DemoTopology(DemoHome home, Path example, Consumer<String> say) {
        this.home = home;
        this.example = example;
        this.say = say;
    }

    /** As it is now: what the last {@link #fitted} decided, if anything. */
    Path file() {
        return Files.exists(home.overlay()) ? home.overlay() : example;
    }

    /** @param runs whether the host's agent of this demo runs already, at the port that the topology names */
    TopologyFile fitted(int majorVersion, Predicate<HostSpec> runs) throws IOException {
        extendThisExample();
        Topology declared = reader.read(file()).topology();
        if (declared.postgres().majorVersion() != majorVersion) {
            say.accept("PostgreSQL " + majorVersion + " is what this machine has; the example says "
                    + declared.postgres().majorVersion());
        }
        Set<Integer> spokenFor = ports(declared).collect(Collectors.toSet());
        Map<String, Integer> agents = new TreeMap<>();
        for (HostSpec host : declared.hosts()) {
            String whose = "the agent of " + host.name();
            boolean keeps = runs.test(host);
            agents.put(
                    host.name(), keeps ? host.agentPort() : free(host.agentHost(), host.agentPort(), spokenFor, whose));
        }
        Map<String, Integer> nodes = new TreeMap<>();
        for (NodeSpec node : declared.nodes()) {
            String address = declared.hostOf(node.name()).address();
            String name = node.name().value();
            nodes.put(name, isMade(node) ? node.port() : free(address, node.port(), spokenFor, name));
        }
        return write(overlay(majorVersion, agents, nodes));
    }

    /** The checkout may have moved, or this be another one, since the overlay was written. */
    private void extendThisExample() throws IOException {
        if (Files.exists(home.overlay())) {
            String lines = Files.readAllLines(home.overlay()).stream()
                    .map(line -> line.startsWith("extends:") ? extendsLine() : line + "\n")
                    .collect(Collectors.joining());
            Files.writeString(home.overlay(), lines);
        }
    }

    private static Stream<Integer> ports(Topology topology) {
        return Stream.concat(
                topology.hosts().stream().map(HostSpec::agentPort),
                topology.nodes().stream().map(NodeSpec::port));
    }

    /** Its port and, named after it, its directory are settled: that somebody has the port meanwhile is for the plan to say. */
    private static boolean isMade(NodeSpec node) {
        return Files.exists(Path.of(node.dataDir(), "PG_VERSION"));
    }

    /** The port, or, if another program has it, the next one that nobody has and that no other part of the demo will want. */
    private int free(String address, int port, Set<Integer> spokenFor, String whose) throws IOException {
        if (isFree(address, port)) {
            return port;
        }
        for (int next = port + 1; next <= HIGHEST_PORT; next++) {
            if (!spokenFor.contains(next) && isFree(address, next)) {
                spokenFor.add(next);
                say.accept(address + ":" + port + " is taken by another program: " + whose + " gets port " + next);
                return next;
            }
        }
        throw new IOException("no port of " + address + " above " + port + " is free");
    }

    /** Only what differs from the example. */
    private String overlay(int majorVersion, Map<String, Integer> agents, Map<String, Integer> nodes) {
        Topology plain = reader.read(example).topology();
        plain.hosts().forEach(host -> agents.remove(host.name(), host.agentPort()));
        plain.nodes().forEach(node -> nodes.remove(node.name().value(), node.port()));
        boolean otherVersion = plain.postgres().majorVersion() != majorVersion;
        return (otherVersion ? "postgres: { version: " + majorVersion + " }\n" : "")
                + section("hosts", "  %s: { agent: \":%d\" }\n", agents)
                + section("nodes", "  %s: { port: %d }\n", nodes);
    }

    private static String section(String key, String line, Map<String, Integer> ports) {
        if (ports.isEmpty()) {
            return "";
        }
        return ports.entrySet().stream()
                .map(entry -> line.formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("", key + ":\n", ""));
    }

    private TopologyFile write(String differences) throws IOException {
        if (differences.isEmpty()) {
            Files.deleteIfExists(home.overlay());
            return reader.read(example);
        }
        String overlay = "# Written by \"pgherder demo\": the example topology as it fits this machine.\n"
                + extendsLine()
                + differences;
        if (Files.notExists(home.overlay()) || !Files.readString(home.overlay()).equals(overlay)) {
            Files.writeString(home.overlay(), overlay);
            say.accept("the example topology as it fits this machine: " + home.overlay());
        }
        return reader.read(home.overlay());
    }

    /** Absolute: a relative path would be looked for beside the overlay. */
    private String extendsLine() {
        String path = example.toAbsolutePath().toString();
        return "extends: \"" + path.replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n";
    }

    private static boolean isFree(String address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static int freePort(String address) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, 0));
            return socket.getLocalPort();
        }
    }
}
