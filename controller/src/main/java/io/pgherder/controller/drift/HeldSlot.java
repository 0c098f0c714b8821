package io.pgherder.controller.drift;

import io.pgherder.controller.observation.ServerFacts.WalReceiver;
import io.pgherder.controller.pgvalue.NodeName;
import java.util.Optional;

/**
 * A slot of a standby's name by which somebody else streams, pg_receivewal for one: the standby streams too, without it. One at a time uses a
 * slot, so a standby that is sent there is cut off until the other one leaves.
 */
public final class HeldSlot {
    private HeldSlot() {}

    /** Whether the upstream's slot for the standby is such a one. Of a standby that does not stream its own old connection may have it still. */
    public static boolean isOne(SideBySide look, NodeName upstream, NodeName standby) {
        boolean isInUse = look.server(upstream)
                .flatMap(server -> server.slot(standby.value()))
                .filter(slot -> slot.physical() && slot.active())
                .isPresent();
        Optional<WalReceiver> receiver = look.tree().streamingReceiver(standby);
        return isInUse
                && receiver.filter(streaming -> !usesIt(look, upstream, standby, streaming))
                        .isPresent();
    }

    /** Where it streams through a proxy, its slot says enough. */
    private static boolean usesIt(SideBySide look, NodeName upstream, NodeName standby, WalReceiver receiver) {
        return receiver.slot().equals(standby.value())
                && look.tree()
                        .streamsFrom(standby)
                        .filter(other -> !other.equals(upstream))
                        .isEmpty();
    }
}
