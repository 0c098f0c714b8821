package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.observation.ConfigDirectory;
import io.pgherder.controller.observation.Ground;
import io.pgherder.controller.pgvalue.NodeName;
import java.util.Optional;

/** The file that configures an instance and is a person's: pgherder adds one line to it, and does not make it. */
final class PostgresqlConf {
    static final String PUT_BACK = "put it back: postgresql.conf is not pgherder's";

    private PostgresqlConf() {}

    /** Where it is, or should be; empty if the agent does not say. */
    static Optional<ConfigDirectory> of(SideBySide look, NodeName node) {
        return look.ground(node).flatMap(Ground::configDirectory);
    }

    static boolean isMissing(SideBySide look, NodeName node) {
        return of(look, node).filter(directory -> !directory.hasPostgresConf()).isPresent();
    }
}
