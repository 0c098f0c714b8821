package io.pgherder.controller.cli.demo;

import io.pgherder.controller.topology.HostSpec;
import io.pgherder.controller.topology.yaml.TopologyFile;
import io.pgherder.controller.topology.yaml.TopologyReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The topology that the demo applies: the example as it stands, or, where this machine has another version of PostgreSQL or somebody
 * else at an agent's port, a few lines that extend it.
 */
final class DemoTopology {
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
        TopologyFile declared = reader.read(file());
        boolean otherVersion = declared.topology().postgres().majorVersion() != majorVersion;
        Map<String, Integer> ports = new TreeMap<>();
        boolean moved = false;
        for (HostSpec host : declared.topology().hosts()) {
            int port = runs.test(host) || isFree(host.agentHost(), host.agentPort())
                    ? host.agentPort()
                    : freePort(host.agentHost());
            if (port != host.agentPort()) {
                moved = true;
                say.accept(host.agent() + " is taken by another program: the agent of " + host.name() + " gets port "
                        + port);
            }
            ports.put(host.name(), port);
        }
        if (!otherVersion && !moved) {
            return declared;
        }
        if (otherVersion) {
            say.accept("PostgreSQL " + majorVersion + " is what this machine has; the example says "
                    + declared.topology().postgres().majorVersion());
        }
        Files.writeString(home.overlay(), overlay(majorVersion, ports));
        say.accept("the example topology as it fits this machine: " + home.overlay());
        return reader.read(home.overlay());
    }

    private String overlay(int majorVersion, Map<String, Integer> ports) {
        String hosts = ports.entrySet().stream()
                .map(host -> "  " + host.getKey() + ": { agent: \":" + host.getValue() + "\" }\n")
                .collect(Collectors.joining());
        return """
                # Written by "pgherder demo": the example topology as it fits this machine.
                extends: "%s"
                postgres: { version: %d }
                hosts:
                %s""".formatted(example.toString().replace("\\", "\\\\").replace("\"", "\\\""), majorVersion, hosts);
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
