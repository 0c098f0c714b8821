package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.Credentials;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.LocalSql;
import io.pgherder.agent.postgres.Row;
import io.pgherder.agent.postgres.ScramVerifier;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards the role exists with LOGIN and REPLICATION and this password, stored as a SCRAM verifier, and valid. The password itself never
 * reaches the server, nor any log of it. Commits locally: at this time there may be no standby to wait for.
 *
 * <pre>psql -c 'CREATE ROLE USER LOGIN REPLICATION' -c '\password USER'        (as it should be already: nothing)</pre>
 */
public record EnsureRole(InstancePlace place, Credentials credentials) implements Operation {
    public EnsureRole {
        requireNonNull(place, "place is null");
        requireNonNull(credentials, "credentials is null");
    }

    @Override
    public String run(OperationContext context) {
        try (ServerSession session = ServerSession.open(place)) {
            if (session.isInRecovery()) {
                throw RoleProblem.ON_A_STANDBY
                        .summary("cannot make the role \"" + credentials.user() + "\" on " + place.node()
                                + ": it is a standby")
                        .hint("roles come from the primary; is this node the primary in the topology file only?")
                        .failure();
            }
            return ensure(session.sql());
        }
    }

    private String ensure(LocalSql sql) {
        Optional<Row> role = sql.first(
                "SELECT rolcanlogin AND rolreplication AS may_replicate, rolpassword,"
                        + " coalesce(rolvaliduntil <= now(), false) AS expired FROM pg_authid WHERE rolname = ?",
                credentials.user());
        boolean expired = role.filter(found -> found.flag("expired")).isPresent();
        boolean attributesRight =
                !expired && role.filter(found -> found.flag("may_replicate")).isPresent();
        boolean passwordRight = role.flatMap(found -> found.maybe("rolpassword"))
                .filter(verifier -> ScramVerifier.matches(verifier, credentials.password()))
                .isPresent();
        if (attributesRight && passwordRight) {
            return "role \"" + credentials.user() + "\" is as it should be: nothing to do";
        }
        sql.inTransaction(() -> {
            if (!attributesRight) {
                sql.execute((role.isPresent() ? "ALTER ROLE " : "CREATE ROLE ") + LocalSql.quoted(credentials.user())
                        + " LOGIN REPLICATION" + (expired ? " VALID UNTIL 'infinity'" : ""));
            }
            if (!passwordRight) {
                sql.setPassword(credentials.user(), credentials.password());
            }
        });
        return "role \"" + credentials.user() + "\" " + (role.isPresent() ? "changed" : "created");
    }
}
