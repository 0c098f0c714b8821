package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PostmasterPid;
import io.pgherder.agent.problem.AgentProblem;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards pg_hba.conf holds exactly these rules after the agent's own local line, checked, and a running server has read them. The
 * last version without errors is kept in the agent's state directory; if the new one has errors, that one is back. Where no server runs that
 * could check it, the {@linkplain FormerHba former one} is back if the next start fails for it.
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
        if (PostmasterPid.live(place.dataDir())
                .filter(PostmasterPid::isAccepting)
                .isEmpty()) {
            CheckedFile hba = files.checkedHba();
            FormerHba former = new FormerHba(place, context.host());
            files.hba()
                    .read()
                    .filter(text -> !text.equals(files.hbaText(Optional.of(rules))))
                    .ifPresent(former::keep);
            return words(write(files, hba, Optional.empty()), hba);
        }
        // Connected before anything is written: a server that cannot be asked keeps what it has.
        try (ServerSession session = ServerSession.open(place)) {
            session.files().requireGoodSettings();
            CheckedFile hba = files.checkedHba();
            boolean changed = write(
                    files, hba, Optional.of(() -> session.files().hbaErrors().isEmpty()));
            // Checked and reloaded also when nothing changed: an earlier run may have ended right after the writing.
            hba.requireGood(session.files().hbaErrors().words(), badHba());
            new FormerHba(place, context.host()).forget();
            new MembersCatchUp(context, session, place.node()).await();
            return words(changed, hba) + ", " + session.reloadAndStream(context.cancellation());
        }
    }

    private boolean write(ConfigurationFiles files, CheckedFile hba, Optional<BooleanSupplier> isGood) {
        files.writeIdent();
        return hba.replace(files.hbaText(Optional.of(rules)), isGood);
    }

    private String words(boolean changed, CheckedFile hba) {
        return changed
                ? "written, " + rules.size() + (rules.size() == 1 ? " rule" : " rules")
                        + hba.former()
                                .map(path -> ", the former file is kept as " + path)
                                .orElse("")
                : "the same already";
    }

    private AgentProblem badHba() {
        return ConfigFileProblem.BAD_HBA
                .summary("the new pg_hba.conf of " + place.node() + " has errors")
                .hint("correct them under hba in the topology file");
    }
}
