package io.pgherder.controller.plan;

import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.pgvalue.NodeName;
import java.util.stream.Stream;

/** Who is connected to a node for its WAL, and is neither a declared node nor a copy that is made of one. */
public final class Strangers {
    /** What a copy calls itself while it is made. */
    private static final String COPY = "pgherder-clone-";

    private Strangers() {}

    /** Whether it is a copy that is made of the node for the standby: its connections outlive for a moment a copy that was broken off. */
    public static boolean isCopyFor(NodeName standby, WalSender sender) {
        return sender.applicationName().equals(COPY + standby);
    }

    static Stream<WalSender> on(Situation situation, NodeName node) {
        return situation.server(node).stream()
                .flatMap(server -> server.walSenders().stream())
                .filter(sender -> !sender.applicationName().startsWith(COPY))
                .filter(sender -> situation.nodes().stream().noneMatch(sender::isCalled));
    }
}
