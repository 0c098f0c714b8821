package io.pgherder.agent.operation;

import io.pgherder.agent.problem.AgentProblemCode;

/** What can be wrong with the files that configure an instance, and with having the server read them. */
enum ConfigFileProblem implements AgentProblemCode {
    /** There is no instance to configure. */
    NO_INSTANCE("CONFIG-001"),
    /** The new settings have errors; the old file is back. */
    BAD_SETTINGS("CONFIG-002"),
    /** The new pg_hba.conf has errors; the old file is back. */
    BAD_HBA("CONFIG-003"),
    /** The server did not read its files again in time. */
    NOT_RELOADED("CONFIG-004"),
    /** The server found errors in its files and kept its old settings. */
    RELOAD_ERRORS("CONFIG-005"),
    /** A setting that would lead the server to files elsewhere. */
    FORBIDDEN_SETTING("CONFIG-006"),
    /** A rule that names synchronous standbys was not put in force: they are not connected, or do not catch up, and commits would hang. */
    MEMBERS_LOST("CONFIG-007"),
    /** What an ALTER SYSTEM has set, and was taken out of postgresql.auto.conf, is there again. */
    STILL_ALTERED("CONFIG-008");

    private final String id;

    ConfigFileProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
