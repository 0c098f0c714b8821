package io.pgherder.controller.observation;

import java.util.Optional;

/** A directory that an instance has to itself. */
public enum InstanceDirectory {
    DATA("data_dir"),
    /** Where it is apart from the data directory. */
    WAL("wal_dir");

    private final String key;

    InstanceDirectory(String key) {
        this.key = key;
    }

    /** By which the topology file declares it, and people know it. */
    public String key() {
        return key;
    }

    /** Empty if the node declares none. */
    public Optional<DirectoryFacts> on(Ground ground) {
        return this == DATA ? Optional.of(ground.dataDir()) : ground.walDir();
    }
}
