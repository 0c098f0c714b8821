package io.pgherder.controller.importing;

import io.pgherder.controller.problem.ProblemCode;

/** Why no topology file can be written of what was found. */
public enum ImportProblem implements ProblemCode {
    /** None of the agents could be asked, or one of them could not. */
    AGENT_SILENT("IMPORT-001"),
    /** The agents answered, and none of their hosts has an instance that runs and could be looked at. */
    NOTHING_FOUND("IMPORT-002"),
    /** The instances belong to several clusters, and nobody said which is meant. */
    SEVERAL_CLUSTERS("IMPORT-003"),
    /** No found instance of the cluster is its primary, or several are. */
    NO_ONE_PRIMARY("IMPORT-004"),
    /** A standby streams from somebody whom no agent has. */
    UNKNOWN_UPSTREAM("IMPORT-005"),
    /** Commits wait for standbys that were not found. */
    UNKNOWN_SYNCHRONOUS("IMPORT-006"),
    /** The instances are of different major versions. */
    SEVERAL_VERSIONS("IMPORT-007"),
    /** The file that is to be written is there already, or cannot be written. */
    FILE_NOT_WRITTEN("IMPORT-008"),
    /** An agent is too old to tell what a topology file is written of. */
    AGENT_TOO_OLD("IMPORT-009"),
    /** An agent could not look everywhere on its host: there may be more instances of the cluster than were found. */
    HOST_NOT_SEARCHED("IMPORT-010");

    private final String id;

    ImportProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
