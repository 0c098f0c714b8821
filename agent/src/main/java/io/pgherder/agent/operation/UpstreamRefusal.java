package io.pgherder.agent.operation;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why an upstream does not serve a standby or a base backup, told from the words of libpq and of the server. They are English: programs run
 * with {@code LC_ALL=C}, and servers that pgherder made log in it.
 */
enum UpstreamRefusal {
    PASSWORD("password authentication failed|no password supplied"),
    NO_ROLE("role \".*\" does not exist"),
    PG_HBA("no pg_hba\\.conf entry|pg_hba\\.conf rejects"),
    WAL_REMOVED("has already been removed"),
    DIVERGED("forked off|is not in this server's history"),
    /** It has less than the standby, by its position or by its timeline. */
    BEHIND("is ahead of the WAL flush position|is behind recovery timeline"),
    NO_SLOT("replication slot .*does not exist"),
    SLOT_IN_USE("replication slot .*is active for PID"),
    OTHER_SYSTEM("database system identifier differs"),
    /** From 17 on the name of the setting is in quotes. */
    FULL("exceeds \"?max_wal_senders|too many clients|remaining connection slots are reserved|too many connections"),
    /** What libpq was told beside the place and the role, its certificates among that, does not suit the upstream, or libpq itself. */
    OPTIONS("certificate|private key file|SSL was required|SSL error|invalid connection option|invalid \\w+ value"
            + "|channel binding|GSSAPI encryption"),
    UNREACHABLE("Connection refused|No route to host|timeout expired|could not translate host name"),
    /** Where its own WAL ends, what it gets does not go on from it. At the end of the WAL on its disk a standby may say so once, and it means nothing. */
    OTHER_HISTORY("incorrect prev-link|invalid resource manager ID|unexpected pageaddr|invalid magic number"
            + "|incorrect resource manager data checksum|contrecord|invalid record length.* got (?!0$)");

    /** Begins, or follows, the reason that a WAL receiver gives in its server's log. */
    private static final Pattern ASKED =
            Pattern.compile("could not connect to the primary server|could not start WAL streaming"
                    + "|could not receive data from WAL stream|database system identifier differs");

    private final Pattern words;

    UpstreamRefusal(String words) {
        this.words = Pattern.compile(words);
    }

    /** The first of these that any of the lines tells of; empty if none is known. */
    static Optional<UpstreamRefusal> in(List<String> lines) {
        for (UpstreamRefusal refusal : values()) {
            if (lines.stream().anyMatch(refusal.words.asPredicate())) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }

    /** Whether these lines of a standby's log tell that it has asked an upstream, and was refused for whatever reason. */
    static boolean isTold(List<String> lines) {
        return lines.stream().anyMatch(ASKED.asPredicate());
    }

    /** Whether a further attempt will end in the same way, unless somebody changes something. */
    boolean lasts() {
        return switch (this) {
            case PASSWORD, PG_HBA, WAL_REMOVED, DIVERGED, OTHER_SYSTEM, OPTIONS -> true;
            case NO_ROLE, BEHIND, NO_SLOT, SLOT_IN_USE, FULL, UNREACHABLE, OTHER_HISTORY -> false;
        };
    }

    /** What to look at where it is the options; the files that they name are read by the account of the server. */
    static String aboutOptions(Upstream upstream) {
        return upstream.options().isEmpty()
                ? "does " + upstream.node()
                        + " ask for a certificate or for encryption? replication.options says what is used"
                : "does " + upstream.node() + " take these options ("
                        + String.join(", ", upstream.options().keySet())
                        + "), and may the agent's account read the files that they name?";
    }

    /** Whether an upstream that is a standby may let it in a moment later: it learns of a new role or password by replication. */
    boolean mayPass() {
        return this == PASSWORD || this == NO_ROLE;
    }
}
