package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards the server has read its files again, and none of them has an error. A standby that streamed does so again, also if its way to
 * the upstream has changed; a primary takes other synchronous standbys once those of them that are connected have caught up. What has its value
 * from elsewhere nevertheless, as from the server's command line, is told.
 *
 * <pre>pg_ctl reload --pgdata=DATA_DIR</pre>
 */
public record ReloadSettings(InstancePlace place) implements Operation {
    public ReloadSettings {
        requireNonNull(place, "place is null");
    }

    @Override
    public String run(OperationContext context) {
        try (ServerSession session = ServerSession.open(place)) {
            context.host().configuration(place).keepWayIn();
            session.files().requireGoodFiles();
            new MembersCatchUp(context, session, place.node()).await();
            String outcome = session.reloadAndStream(context.cancellation());
            List<String> notInForce = session.files().notInForce();
            return notInForce.isEmpty()
                    ? outcome
                    : outcome + "; decided elsewhere all the same: " + String.join(", ", notInForce);
        }
    }
}
