package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.LocalSql;
import java.util.List;
import java.util.stream.Collectors;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards these have no synchronous_commit of their own any more; sessions that are open keep theirs. Commits locally, as at this time
 * there may be no standby to wait for.
 *
 * <pre>psql -c 'ALTER ROLE ROLE IN DATABASE DATABASE RESET synchronous_commit'        (has none, or is gone: nothing)</pre>
 */
public record ResetSynchronousCommit(InstancePlace place, List<SessionScope> scopes) implements Operation {
    /**
     * Whose sessions a row of pg_db_role_setting is about.
     *
     * @param role empty: every role
     * @param database empty: every database
     */
    public record SessionScope(String role, String database) {
        public SessionScope {
            requireNonNull(role, "role is null");
            requireNonNull(database, "database is null");
        }

        private String words() {
            if (role.isEmpty()) {
                return database.isEmpty() ? "all roles" : "database " + database;
            }
            return "role " + role + (database.isEmpty() ? "" : " in database " + database);
        }

        private String sql() {
            if (role.isEmpty()) {
                return database.isEmpty() ? "ROLE ALL" : "DATABASE " + LocalSql.quoted(database);
            }
            return "ROLE " + LocalSql.quoted(role)
                    + (database.isEmpty() ? "" : " IN DATABASE " + LocalSql.quoted(database));
        }
    }

    public ResetSynchronousCommit {
        requireNonNull(place, "place is null");
        scopes = List.copyOf(scopes);
    }

    @Override
    public String run(OperationContext context) {
        try (ServerSession session = ServerSession.open(place)) {
            if (session.isInRecovery()) {
                throw RoleProblem.ON_A_STANDBY
                        .summary("cannot reset synchronous_commit on " + place.node() + ": it is a standby")
                        .hint(
                                "what roles and databases set comes from the primary; is this node the primary in the topology"
                                        + " file only?")
                        .failure();
            }
            return reset(session.sql());
        }
    }

    private String reset(LocalSql sql) {
        List<SessionScope> set = set(sql);
        set.forEach(scope -> sql.execute("ALTER " + scope.sql() + " RESET synchronous_commit"));
        List<SessionScope> left = set(sql);
        if (!left.isEmpty()) {
            throw RoleProblem.SET_AGAIN
                    .summary("synchronous_commit of " + words(left) + " is set again on " + place.node())
                    .detail("ALTER ... RESET has been carried out")
                    .hint("does somebody set it again and again?")
                    .failure();
        }
        return set.isEmpty()
                ? "nobody of them has a synchronous_commit of their own: nothing to do"
                : "synchronous_commit reset for " + words(set) + "; sessions that are open keep theirs";
    }

    /** Those of them that have one at this moment. */
    private List<SessionScope> set(LocalSql sql) {
        List<SessionScope> all = sql
                .query(
                        "SELECT coalesce(r.rolname, '') AS rolname, coalesce(d.datname, '') AS datname"
                                + " FROM pg_db_role_setting s LEFT JOIN pg_roles r ON r.oid = s.setrole"
                                + " LEFT JOIN pg_database d ON d.oid = s.setdatabase"
                                + " WHERE EXISTS (SELECT FROM unnest(s.setconfig) said WHERE lower(said) LIKE 'synchronous_commit=%')")
                .stream()
                .map(row -> new SessionScope(row.text("rolname"), row.text("datname")))
                .toList();
        return scopes.stream().filter(all::contains).toList();
    }

    private static String words(List<SessionScope> scopes) {
        return scopes.stream().map(SessionScope::words).collect(Collectors.joining(", "));
    }
}
