package io.pgherder.agent.system;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * The record of the directories that the agent made for an instance: only what a mark names may ever be removed. A directory is known by its path
 * and its inode together, see {@link Directories#identity}: a copy, another's directory, or what lies under a file system that is not mounted,
 * has the one and not the other.
 *
 * @param dataDir where the data directory belongs
 * @param walDir where the WAL directory belongs, if there is one
 * @param phase how far the making is
 * @param verb the operation that made them: "CloneStandby"
 * @param data identity, which a rename and a boot keep, of the directory that is or becomes the data directory; empty while it is about to
 *     be made
 * @param wal the same for the WAL directory; empty if there is none
 */
record OwnershipMark(Path dataDir, Optional<Path> walDir, Phase phase, String verb, String data, String wal) {
    enum Phase {
        /** The staging directories are being filled; what is in them is worth nothing. */
        STAGING,
        /** They are complete and on their way to their final names. */
        INSTALLING,
        /** The instance stands where it belongs. */
        INSTALLED
    }

    OwnershipMark in(Phase phase) {
        return new OwnershipMark(dataDir, walDir, phase, verb, data, wal);
    }

    boolean isFinished() {
        return phase == Phase.INSTALLED;
    }

    /** @throws io.pgherder.agent.problem.OperationFailed if the file cannot be read, or is damaged, as by a crash of the host */
    static Optional<OwnershipMark> read(AtomicFile file) {
        try {
            return file.read().map(PropertyText::parse).map(OwnershipMark::parse);
        } catch (IllegalArgumentException e) {
            throw SystemProblem.DAMAGED_RECORD
                    .summary("the agent's record " + file.path() + " is damaged")
                    .detail(String.valueOf(e.getMessage()))
                    .detail("so it is not known which directories are the agent's own")
                    .hint(
                            "look at what stands beside the data directory, remove what is half made, then remove that file")
                    .failure(e);
        }
    }

    void write(AtomicFile file) {
        file.write(new PropertyText()
                .put("data_dir", dataDir.toString())
                .put("wal_dir", walDir.map(Path::toString).orElse(""))
                .put("phase", phase.name().toLowerCase(Locale.ROOT))
                .put("verb", verb)
                .put("data", data)
                .put("wal", wal)
                .toString());
    }

    private static OwnershipMark parse(Properties properties) {
        return new OwnershipMark(
                Path.of(properties.getProperty("data_dir", "")),
                Optional.of(properties.getProperty("wal_dir", ""))
                        .filter(path -> !path.isEmpty())
                        .map(Path::of),
                Phase.valueOf(properties.getProperty("phase", "staging").toUpperCase(Locale.ROOT)),
                properties.getProperty("verb", ""),
                inode(properties.getProperty("data", "")),
                inode(properties.getProperty("wal", "")));
    }

    /** Earlier agents wrote the number of the device before it. */
    private static String inode(String identity) {
        return identity.substring(identity.lastIndexOf(':') + 1);
    }
}
