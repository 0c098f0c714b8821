package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.ConfigurationCheck;
import io.pgherder.agent.postgres.InstancePlace;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards the server has read its files again, and none of them has an error. A standby that streamed does so again, also if its way to
 * the upstream has changed; a primary takes other synchronous standbys once those of them that are connected have caught up. What has its value
 * from elsewhere nevertheless, as from the server's command line, is told, and so is one whose value is not that of pgherder.conf.
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
            ValuesInForce values = new ValuesInForce(session.sql());
            return outcome
                    + told("decided elsewhere all the same", values.decidedElsewhere())
                    + told("read, and not in force", values.otherThanWritten(name -> asAStartTakesIt(context, name)));
        }
    }

    private Optional<String> asAStartTakesIt(OperationContext context, String setting) {
        Host host = context.host();
        return new ConfigurationCheck(host.runner())
                .value(setting, host.installations().find(place), place);
    }

    private static String told(String what, List<String> settings) {
        return settings.isEmpty() ? "" : "; " + what + ": " + String.join(", ", settings);
    }
}
