package io.pgherder.agent.inspect;

import io.pgherder.agent.configfile.ManagedSettings;
import io.pgherder.agent.configfile.PassFile;
import io.pgherder.agent.configfile.PrimaryConninfo;
import io.pgherder.agent.postgres.Credentials;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.AtomicFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The password that an instance would give to its upstream if it had to connect now, as its own files have it. */
final class PassfileInspection {
    private final Path dataDir;
    private final Consumer<AgentProblem> problems;

    PassfileInspection(Path dataDir, Consumer<AgentProblem> problems) {
        this.dataDir = dataDir;
        this.problems = problems;
    }

    PasswordMatch compare(ConfigFile managedSettings, Credentials asked) {
        return ManagedSettings.value("primary_conninfo", managedSettings.lines())
                .map(PrimaryConninfo::parse)
                .filter(upstream -> !upstream.host().isEmpty()
                        && !upstream.passfile().isEmpty()
                        && upstream.user().equals(asked.user()))
                .map(upstream -> compare(upstream, asked.password()))
                .orElse(PasswordMatch.UNKNOWN);
    }

    /** libpq passes over a password file that others may read: what it holds does not count. */
    private PasswordMatch compare(PrimaryConninfo upstream, String asked) {
        try {
            AtomicFile passfile = new AtomicFile(dataDir.resolve(upstream.passfile()));
            Optional<String> text = passfile.read();
            if (!passfile.isPrivate()) {
                return PasswordMatch.OPEN;
            }
            Optional<String> held = text.flatMap(
                    entries -> PassFile.password(upstream.host(), upstream.port(), upstream.user(), entries));
            return held.map(password -> password.equals(asked) ? PasswordMatch.SAME : PasswordMatch.OTHER)
                    .orElse(PasswordMatch.ABSENT);
        } catch (OperationFailed e) {
            problems.accept(e.problem());
            return PasswordMatch.UNKNOWN;
        }
    }
}
