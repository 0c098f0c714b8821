package io.pgherder.controller.topology.yaml.rule;

import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.topology.yaml.draft.Draft;
import io.pgherder.controller.topology.yaml.draft.NodeDraft;
import io.pgherder.controller.topology.yaml.draft.Written;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static io.pgherder.controller.topology.TopologyProblem.NOT_LISTENING;

/**
 * A node listens where others look for it: as {@code listen_addresses} is declared, standbys on other hosts can connect. Which of its
 * addresses a host is reached by may be translated on the way, so only what lets in nobody from elsewhere is a fault.
 */
final class NodesListen implements Rule {
    private static final String SETTING = "listen_addresses";

    @Override
    public void check(Draft draft, Problems problems) {
        if (draft.nodes().size() < 2) {
            return;
        }
        Set<Written> told = new HashSet<>();
        for (NodeDraft node : draft.nodes()) {
            Optional<Written> addresses = Optional.ofNullable(node.settings().get(SETTING));
            addresses
                    .filter(written -> isDeaf(written, addressOf(node, draft)))
                    .filter(told::add)
                    .ifPresent(
                            written -> problems.add(
                                    written.problem(
                                                    NOT_LISTENING,
                                                    "with " + SETTING + " \"" + written + "\" no standby can connect")
                                            .detail("\"" + node.name() + "\" would listen "
                                                    + (written.text().isBlank() ? "nowhere" : "to its own host alone"))
                                            .hint(
                                                    "\"{address}\" stands for the address of each node's host, \"*\" for all that it has")));
        }
    }

    private static Optional<String> addressOf(NodeDraft node, Draft draft) {
        return draft.hosts().stream()
                .filter(host -> node.isOn(host.name()))
                .flatMap(host -> host.address().stream())
                .map(Written::text)
                .findFirst();
    }

    private static boolean isDeaf(Written listenAddresses, Optional<String> address) {
        List<String> entries = Arrays.stream(listenAddresses.text().split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
        return entries.isEmpty()
                || (address.filter(NodesListen::isLoopback).isEmpty()
                        && entries.stream().allMatch(NodesListen::isLoopback));
    }

    private static boolean isLoopback(String address) {
        return address.equals("localhost")
                || IpAddress.bytes(address).map(NodesListen::isLoopback).orElse(false);
    }

    private static boolean isLoopback(byte[] address) {
        try {
            return InetAddress.getByAddress(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("neither four bytes nor sixteen: " + address.length, e);
        }
    }
}
