package io.pgherder.controller.importing;

import io.pgherder.controller.importing.Member.Sender;
import io.pgherder.controller.observation.FoundHost;
import io.pgherder.controller.observation.HostObservation.Answered;
import io.pgherder.controller.pgvalue.LocalAddress;
import io.pgherder.controller.topology.HostSpec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * The hosts of the members, each with a name for the file and the address by which its instances are reached: the one that standbys use,
 * where some do, so that none has to connect anew.
 */
final class Hosts {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private final Map<FoundHost, Named> hosts;

    /**
     * A host as the file has it.
     *
     * @param agent empty where that is at the address, on the usual port
     * @param shared whether other instances live there
     * @param guess why the address is a guess; empty: it is in use
     */
    record Named(String name, String address, Optional<String> agent, boolean shared, Optional<String> guess) {}

    private Hosts(Map<FoundHost, Named> hosts) {
        this.hosts = hosts;
    }

    static Hosts of(Family family) {
        Map<FoundHost, Named> hosts = new LinkedHashMap<>();
        Map<String, Integer> numbers = new HashMap<>();
        for (Member member : family.members()) {
            if (!hosts.containsKey(member.host())) {
                hosts.put(member.host(), named(member, family, numbers));
            }
        }
        return new Hosts(hosts);
    }

    Named of(Member member) {
        return requireNonNull(hosts.get(member.host()), "every member has a host");
    }

    List<Named> inOrder() {
        return List.copyOf(hosts.values());
    }

    private static Named named(Member member, Family family, Map<String, Integer> numbers) {
        HostSpec agent = member.host().agent();
        Optional<String> used = addressInUse(member.host(), family);
        Optional<String> local = used.isEmpty() ? addressAmongThemselves(member.host(), family) : Optional.empty();
        String address = used.or(() -> local).orElse(agent.agentHost());
        boolean isUsual = agent.agentHost().equals(address) && agent.agentPort() == HostSpec.DEFAULT_AGENT_PORT;
        return new Named(
                name(member.agent(), numbers),
                address,
                isUsual ? Optional.empty() : Optional.of(agent.agent()),
                isShared(member.host(), family),
                used.isPresent() ? Optional.empty() : Optional.of(guess(local, member.host(), family)));
    }

    private static String guess(Optional<String> local, FoundHost host, Family family) {
        if (local.isPresent()) {
            return "by this address its own standbys stream; one on another host needs another";
        }
        return "the address of its agent: "
                + (senders(host, family).findAny().isEmpty()
                        ? "nobody streams from here"
                        : "those that stream from here use one that means this host to itself alone");
    }

    /** The one by which most standbys stream from an instance there; one that means something to that host alone is of no use. */
    private static Optional<String> addressInUse(FoundHost host, Family family) {
        return mostUsed(senders(host, family).filter(sender -> isOfUseToOthers(sender, host)));
    }

    /** Where all live on one host they reach each other by an address that nobody else could use; a socket is none. */
    private static Optional<String> addressAmongThemselves(FoundHost host, Family family) {
        boolean isOnlyHost =
                family.members().stream().allMatch(member -> member.host().equals(host));
        return isOnlyHost
                ? mostUsed(senders(host, family).filter(sender -> !LocalAddress.isSocket(sender.host())))
                : Optional.empty();
    }

    private static Stream<Sender> senders(FoundHost host, Family family) {
        return family.standbys().stream()
                .filter(standby -> family.upstreamOf(standby).host().equals(host))
                .flatMap(standby -> standby.sender().stream());
    }

    private static Optional<String> mostUsed(Stream<Sender> senders) {
        Map<String, Long> votes = new LinkedHashMap<>();
        senders.forEach(sender -> votes.merge(sender.host(), 1L, Long::sum));
        return votes.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    private static boolean isOfUseToOthers(Sender sender, FoundHost host) {
        return !sender.isLocal() || sender.host().equals(host.agent().agentHost());
    }

    private static boolean isShared(FoundHost host, Family family) {
        List<String> ours = family.members().stream()
                .filter(member -> member.agent().machine().equals(((Answered) host.said()).machine()))
                .map(member -> member.place().dataDir())
                .toList();
        return host.instances().stream()
                .anyMatch(found -> !ours.contains(found.place().dataDir()));
    }

    /** As the host calls itself; two of one name get a number. */
    private static String name(Answered answered, Map<String, Integer> numbers) {
        String own = answered.hostname().replaceFirst("\\..*", "");
        String name = NAME.matcher(own).matches() ? own : "host";
        int number = numbers.merge(name, 1, Integer::sum);
        return number == 1 ? name : name + "_" + number;
    }
}
