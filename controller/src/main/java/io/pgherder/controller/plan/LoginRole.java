package io.pgherder.controller.plan;

import io.pgherder.controller.drift.Conninfo;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.pgvalue.NodeName;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/** As which role a standby logs in to its upstream, beside the declared one. The primary logs in to nobody. */
public record LoginRole(Situation situation, NodeName node) {
    public LoginRole {
        requireNonNull(situation, "situation is null");
        requireNonNull(node, "node is null");
    }

    /** Another than the declared one, as its pgherder.conf has it; empty if that has the declared one, or none. */
    public Optional<String> otherInFile() {
        return node.equals(situation.primary())
                ? Optional.empty()
                : situation.writtenUpstream(node).conninfo().flatMap(this::otherThanDeclared);
    }

    /** Another than the declared one, as its server has read it. */
    public Optional<String> otherInForce() {
        return node.equals(situation.primary())
                ? Optional.empty()
                : situation
                        .server(node)
                        .flatMap(server -> server.setting("primary_conninfo"))
                        .map(Setting::value)
                        .map(Conninfo::parse)
                        .flatMap(this::otherThanDeclared);
    }

    private Optional<String> otherThanDeclared(Conninfo upstream) {
        String declared = situation.topology().replication().user();
        return upstream.user().filter(user -> !user.equals(declared));
    }
}
