package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PostmasterPid;
import io.pgherder.agent.system.AtomicFile;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards pg_hba.conf holds exactly these rules after the agent's own local line, checked, and a running server has read them. The
 * version that was replaced is kept in the agent's state directory; if the new one has errors, the old one is back.
 *
 * <pre>write pg_hba.conf; psql -c 'SELECT error FROM pg_hba_file_rules'; pg_ctl reload</pre>
 */
public record WriteHba(InstancePlace place, List<String> rules) implements Operation {
    public WriteHba {
        requireNonNull(place, "place is null");
        rules = List.copyOf(rules);
    }

    @Override
    public String run(OperationContext context) {
        ConfigurationFiles files = context.host().configuration(place);
        AtomicFile hba = files.hba();
        String old = hba.read().orElse("");
        String text = files.hbaText(Optional.of(rules));
        boolean changed = !old.equals(text);
        if (changed) {
            context.host().files(place).previousHba().write(old);
            files.writeIdent();
            hba.write(text);
        }
        // Reloaded also when nothing changed: an earlier run may have ended between the writing and the reading.
        boolean read = PostmasterPid.live(place.dataDir())
                .filter(PostmasterPid::isAccepting)
                .isPresent();
        if (read) {
            checkAndReload(context, hba, old);
        }
        return (changed ? "written, " + rules.size() + (rules.size() == 1 ? " rule" : " rules") : "the same already")
                + (read ? ", reloaded" : "");
    }

    private void checkAndReload(OperationContext context, AtomicFile hba, String old) {
        try (ServerSession session = ServerSession.open(place)) {
            List<String> errors = session.hbaErrors();
            if (!errors.isEmpty()) {
                hba.write(old);
                throw OperationProblem.CONFIG_BAD_HBA
                        .summary("the new pg_hba.conf of " + place.node() + " has errors")
                        .details(errors)
                        .detail("the file is as it was before, and nothing was reloaded")
                        .hint("correct them under hba in the topology file")
                        .failure();
            }
            session.reload(context.cancellation());
        }
    }
}
