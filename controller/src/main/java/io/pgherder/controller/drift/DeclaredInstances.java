package io.pgherder.controller.drift;

import io.pgherder.controller.observation.Ground;
import io.pgherder.controller.observation.HostObservation.Answered;
import io.pgherder.controller.observation.HostObservation.LocalInstance;
import io.pgherder.controller.topology.NodeSpec;

/** Which of the instances on a host are declared nodes, whatever their pgherder.conf calls them. */
public final class DeclaredInstances {
    private DeclaredInstances() {}

    public static boolean contain(SideBySide look, Answered host, LocalInstance instance) {
        return look.topology().nodes().stream().anyMatch(node -> is(look, host, node, instance));
    }

    /** Several agents may run on one machine, as several hosts; each of them sees all that runs there. */
    public static String machine(Answered host) {
        return host.machine();
    }

    private static boolean is(SideBySide look, Answered host, NodeSpec node, LocalInstance instance) {
        boolean isItsHost = node.host().equals(host.host())
                || look.answerOf(node.name())
                        .filter(its -> machine(its).equals(machine(host)))
                        .isPresent();
        boolean saysSo = instance.cluster().equals(look.topology().cluster())
                && instance.node().equals(node.name().value());
        boolean isIt = (isItsHost || saysSo)
                && (isInItsDirectory(look, node, instance)
                        || isOnItsPort(look, node, instance)
                        || isToldAsElsewhere(look, node, instance));
        return isIt || mayBeUnseen(look, node, instance);
    }

    /** Its host does not answer, and may be this machine too: what says nothing of itself, and is where the node should be, may be it. */
    private static boolean mayBeUnseen(SideBySide look, NodeSpec node, LocalInstance instance) {
        return look.answerOf(node.name()).isEmpty()
                && instance.cluster().isEmpty()
                && (node.dataDir().equals(instance.dataDir())
                        || (instance.isRunning() && instance.port() == node.port()));
    }

    private static boolean isInItsDirectory(SideBySide look, NodeSpec node, LocalInstance instance) {
        return node.dataDir().equals(instance.dataDir())
                || look.ground(node.name())
                        .filter(ground -> ground.dataDir().path().equals(instance.dataDir()))
                        .isPresent();
    }

    /** The directory may be declared by another way to it: then the one that runs on the node's port is meant. */
    private static boolean isOnItsPort(SideBySide look, NodeSpec node, LocalInstance instance) {
        return instance.isRunning()
                && instance.port() == node.port()
                && look.server(node.name()).isPresent();
    }

    /** In another directory than the declared one, which is told of the node. */
    private static boolean isToldAsElsewhere(SideBySide look, NodeSpec node, LocalInstance instance) {
        return look.isEmpty(node.name())
                && look.ground(node.name())
                        .flatMap(Ground::listener)
                        .filter(listener -> listener.directory().equals(instance.dataDir()))
                        .isPresent();
    }
}
