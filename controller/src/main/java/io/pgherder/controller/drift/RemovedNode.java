package io.pgherder.controller.drift;

import io.pgherder.controller.observation.HostObservation.Answered;
import io.pgherder.controller.observation.HostObservation.LocalInstance;
import io.pgherder.controller.pgvalue.NodeName;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * A node of the cluster that the file does not have any more, and whose instance is still on one of its hosts. Its pgherder.conf says that it
 * is one; a host that was taken out of the file with it is not asked.
 *
 * @param host by the file's name for it: the one whose agent installed the instance, if several agents see it
 */
public record RemovedNode(NodeName name, String host, LocalInstance instance) {
    public RemovedNode {
        requireNonNull(name, "name is null");
        requireNonNull(host, "host is null");
        requireNonNull(instance, "instance is null");
    }

    /** In the order of the hosts. */
    static List<RemovedNode> of(SideBySide look) {
        return HostInstance.of(look, (host, instance) -> isOne(look, host, instance)).stream()
                .map(found -> new RemovedNode(
                        new NodeName(found.instance().node()), found.host().host(), found.instance()))
                .toList();
    }

    private static boolean isOne(SideBySide look, Answered host, LocalInstance instance) {
        return instance.cluster().equals(look.topology().cluster())
                && instance.port() > 0
                && isOfItsSystem(look, instance)
                && NodeName.isValid(instance.node())
                && look.nodes().stream().noneMatch(node -> node.value().equals(instance.node()))
                && !DeclaredInstances.contain(look, host, instance);
    }

    /** Another cluster may have the same name. As far as it is known: what is retired is asked more strictly. */
    public static boolean isOfItsSystem(SideBySide look, LocalInstance instance) {
        return instance.system().isEmpty()
                || look.systemIdentifier().isEmpty()
                || instance.system().equals(look.systemIdentifier());
    }

    /** Whether it is this one, whichever agent tells of it. */
    public boolean isIn(LocalInstance seen) {
        return seen.node().equals(name.value()) && seen.dataDir().equals(instance.dataDir());
    }

    public boolean isRunning() {
        return instance.isRunning();
    }

    /** Only a standby has nothing that nobody else has. */
    public boolean isStandby() {
        return instance.standbySignal();
    }
}
