package io.pgherder.controller.plan;

import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.pgvalue.NodeName;
import java.util.stream.Stream;

/** Who is connected to a node for its WAL, and is neither a declared node nor a copy that is made of one. */
final class Strangers {
    /** What a copy calls itself while it is made. */
    private static final String COPY = "pgherder-clone-";

    private Strangers() {}

    static Stream<WalSender> on(Situation situation, NodeName node) {
        return situation.server(node).stream()
                .flatMap(server -> server.walSenders().stream())
                .filter(sender -> !sender.applicationName().startsWith(COPY))
                .filter(sender -> situation.nodes().stream().noneMatch(sender::isCalled));
    }
}
