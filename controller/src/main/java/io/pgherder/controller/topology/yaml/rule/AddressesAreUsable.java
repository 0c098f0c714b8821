package io.pgherder.controller.topology.yaml.rule;

import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.topology.yaml.draft.Draft;
import io.pgherder.controller.topology.yaml.draft.HostDraft;
import io.pgherder.controller.topology.yaml.draft.Written;
import java.util.HashMap;
import java.util.Map;

import static io.pgherder.controller.topology.TopologyProblem.INVALID_VALUE;
import static io.pgherder.controller.topology.TopologyProblem.SHARED_AGENT;

/** Every host has an address that others can connect to and an agent of its own. */
final class AddressesAreUsable implements Rule {
    @Override
    public void check(Draft draft, Problems problems) {
        Map<String, HostDraft> byAgent = new HashMap<>();
        for (HostDraft host : draft.hosts()) {
            host.address().ifPresent(address -> address(address, problems));
            agent(host, byAgent, problems);
        }
    }

    private static void address(Written address, Problems problems) {
        if (IpAddress.isAnyAddress(address.text())) {
            problems.add(address.problem(INVALID_VALUE, address + " means every address and can be no one's own")
                    .hint("at which address do the other hosts reach it?"));
        } else if (!IpAddress.isPlausible(address.text())) {
            problems.add(
                    address.problem(INVALID_VALUE, "\"" + address + "\" is not an IP address")
                            .hint(
                                    "a host name, an IPv4 address such as 10.0.1.11, or an IPv6 address; the port goes to the node"));
        }
    }

    private static void agent(HostDraft host, Map<String, HostDraft> byAgent, Problems problems) {
        int port = host.agentPort();
        if (port < 1 || port > 65535) {
            problems.add(
                    host.problem(INVALID_VALUE, "the agent of host \"" + host.name() + "\" cannot have port " + port)
                            .at(host.agent().map(Written::place).orElse(host.place()))
                            .hint("for example: agent: \":7432\""));
        }
        host.agentHost().ifPresent(agentHost -> {
            HostDraft other = byAgent.putIfAbsent(agentHost + " " + port, host);
            if (other != null) {
                problems.add(host.problem(
                                SHARED_AGENT,
                                "hosts \"" + other.name() + "\" and \"" + host.name() + "\" have the same agent")
                        .at(host.agent().or(host::address).map(Written::place).orElse(host.place()))
                        .detail("both at " + agentHost + ", port " + port + "; the other one is declared at line "
                                + other.place().line())
                        .hint("are they one host? Then let one name suffice"));
            }
        });
    }
}
