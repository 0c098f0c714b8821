package io.pgherder.controller.topology.yaml.draft;

import io.pgherder.controller.problem.Place;
import io.pgherder.controller.topology.FieldPath;
import io.pgherder.controller.topology.HostSpec;
import java.util.Optional;

/**
 * A host as written.
 *
 * @param agent only if it is well written, so that it can be taken apart
 */
public record HostDraft(
        String name, FieldPath path, Place place, Optional<Written> address, Optional<Written> agent, boolean shared)
        implements Placed {
    static HostDraft of(Section host) {
        return new HostDraft(
                host.name(),
                host.path(),
                host.place(),
                host.text("address"),
                host.text("agent").filter(agent -> Format.AGENT.accepts(agent.text())),
                host.flag("shared").orElse(false));
    }

    /** Without brackets; the address unless {@code agent} names another. Empty if neither is written. */
    public Optional<String> agentHost() {
        return agent.map(Written::text)
                .map(text -> text.substring(0, hostEnd(text)))
                .map(host -> host.startsWith("[") ? host.substring(1, host.length() - 1) : host)
                .filter(host -> !host.isEmpty())
                .or(() -> address.map(Written::text));
    }

    /** Not yet known to be a port that exists. */
    public int agentPort() {
        return agent.map(Written::text)
                .map(text -> text.substring(hostEnd(text)))
                .filter(port -> !port.isEmpty())
                .map(port -> Integer.parseInt(port.substring(1)))
                .orElse(HostSpec.DEFAULT_AGENT_PORT);
    }

    private static int hostEnd(String agent) {
        int colon = agent.indexOf(':', Math.max(0, agent.indexOf(']')));
        return colon < 0 ? agent.length() : colon;
    }
}
