package io.pgherder.controller.pgvalue;

import static java.util.Objects.requireNonNull;

/**
 * Whose sessions a row of pg_db_role_setting is about: those of a role, those in a database, or those of a role in a database.
 *
 * @param role empty: every role
 * @param database empty: every database
 * @see <a href="https://www.postgresql.org/docs/15/catalog-pg-db-role-setting.html">pg_db_role_setting</a>
 */
public record SessionScope(String role, String database) {
    private static final String ROLE = "role ";
    private static final String DATABASE = "database ";
    private static final String IN_DATABASE = " in " + DATABASE;

    public SessionScope {
        requireNonNull(role, "role is null");
        requireNonNull(database, "database is null");
    }

    /**
     * The other way round than {@link #words}.
     *
     * @throws IllegalArgumentException for anything that does not begin with "role " or "database ", and for "all roles"
     */
    public static SessionScope parse(String words) {
        if (words.startsWith(DATABASE)) {
            return new SessionScope("", words.substring(DATABASE.length()));
        }
        if (!words.startsWith(ROLE)) {
            throw new IllegalArgumentException("neither a role nor a database: " + words);
        }
        int in = words.indexOf(IN_DATABASE);
        return in < 0
                ? new SessionScope(words.substring(ROLE.length()), "")
                : new SessionScope(words.substring(ROLE.length(), in), words.substring(in + IN_DATABASE.length()));
    }

    /** Every session: a setting of {@code ALTER ROLE ALL}. */
    public boolean isEverybody() {
        return role.isEmpty() && database.isEmpty();
    }

    /** "role etl", "database scratch", "role etl in database scratch", "all roles". */
    public String words() {
        if (role.isEmpty()) {
            return database.isEmpty() ? "all roles" : DATABASE + database;
        }
        return ROLE + role + (database.isEmpty() ? "" : IN_DATABASE + database);
    }

    /** What ALTER is followed by to set something for them: {@code ROLE "etl" IN DATABASE "scratch"}. */
    public String sql() {
        if (role.isEmpty()) {
            return database.isEmpty() ? "ROLE ALL" : "DATABASE " + quoted(database);
        }
        return "ROLE " + quoted(role) + (database.isEmpty() ? "" : " IN DATABASE " + quoted(database));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public String toString() {
        return words();
    }
}
