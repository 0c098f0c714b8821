package io.pgherder.agent.postgres;

import io.pgherder.agent.configfile.PrimaryConninfo;
import io.pgherder.agent.system.Command;
import io.pgherder.agent.system.CommandResult;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code IDENTIFY_SYSTEM}, asked by {@code psql}: by the same library, settings and files as a WAL receiver connects.
 *
 * @see <a href="https://www.postgresql.org/docs/15/protocol-replication.html">the streaming replication protocol</a>
 */
public final class IdentifySystem {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private static final Pattern ANSWER = Pattern.compile("(\\d+)\\|(\\d+)\\|.*");

    private IdentifySystem() {}

    /** @param way how to connect; the file that it names has the password */
    public static Command command(Installation installation, PrimaryConninfo way) {
        return Command.of(
                        installation.program("psql"),
                        "--no-psqlrc",
                        "--no-align",
                        "--tuples-only",
                        "--no-password",
                        "--dbname=" + way.text() + " dbname=replication replication=true connect_timeout=5",
                        "--command=IDENTIFY_SYSTEM")
                .within(TIMEOUT);
    }

    /**
     * @param systemIdentifier unsigned, as text
     * @param timeline that the server is on
     */
    public record Answer(String systemIdentifier, int timeline) {}

    /** What the server says; empty if it was not reached or let nobody in. */
    public static Optional<Answer> answer(CommandResult result) {
        Matcher answer = ANSWER.matcher(result.stdout().strip());
        return result.succeeded() && answer.matches()
                ? Optional.of(new Answer(answer.group(1), Integer.parseInt(answer.group(2))))
                : Optional.empty();
    }
}
