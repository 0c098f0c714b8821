package io.pgherder.agent.system;

import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * The record of the directories that the agent made for an instance: only what a mark names may ever be removed.
 *
 * @param phase how far the making is
 * @param verb the operation that made them: "CloneStandby"
 * @param data identity (device and inode, which a rename keeps) of the directory that is or becomes the data directory; empty while it is
 *     about to be made
 * @param wal the same for the WAL directory; empty if there is none
 */
record OwnershipMark(Phase phase, String verb, String data, String wal) {
    enum Phase {
        /** The staging directories are being filled; what is in them is worth nothing. */
        STAGING,
        /** They are complete and on their way to their final names. */
        INSTALLING,
        /** The instance stands where it belongs. */
        INSTALLED
    }

    OwnershipMark in(Phase phase) {
        return new OwnershipMark(phase, verb, data, wal);
    }

    static Optional<OwnershipMark> read(AtomicFile file) {
        return file.read().map(OwnershipMark::parse);
    }

    void write(AtomicFile file) {
        file.write(new PropertyText()
                .put("phase", phase.name().toLowerCase(Locale.ROOT))
                .put("verb", verb)
                .put("data", data)
                .put("wal", wal)
                .toString());
    }

    private static OwnershipMark parse(String text) {
        Properties properties = PropertyText.parse(text);
        return new OwnershipMark(
                Phase.valueOf(properties.getProperty("phase", "staging").toUpperCase(Locale.ROOT)),
                properties.getProperty("verb", ""),
                properties.getProperty("data", ""),
                properties.getProperty("wal", ""));
    }
}
