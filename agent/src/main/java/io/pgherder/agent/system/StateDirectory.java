package io.pgherder.agent.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The agent's own directory, outside every data directory: {@code instances/} with what belongs to each instance, {@code operations/} with
 * the journal, {@code locks/}. All of it can be read by the account alone.
 */
public final class StateDirectory {
    private static final int HASH_LENGTH = 12;

    private final Path root;

    /** Makes what is missing of it. */
    public StateDirectory(Path root) {
        this.root = root;
        make(instances());
        make(operations());
        make(locks());
    }

    public Path root() {
        return root;
    }

    public Path operations() {
        return root.resolve("operations");
    }

    public Path locks() {
        return root.resolve("locks");
    }

    /** What belongs to the instance with this (real) data directory. */
    public InstanceFiles instance(Path dataDir) {
        Path own = place(dataDir);
        make(own);
        return new InstanceFiles(own);
    }

    /** Of every instance that the agent knows. */
    public List<InstanceFiles> instanceFiles() {
        try (Stream<Path> directories = Files.list(instances())) {
            return directories.map(InstanceFiles::new).toList();
        } catch (IOException e) {
            throw SystemProblem.FILE_FAILED
                    .summary("could not look at " + instances())
                    .detail(String.valueOf(e))
                    .failure(e);
        }
    }

    /** The same, only to be looked at: nothing is made. */
    public InstanceFiles known(Path dataDir) {
        return new InstanceFiles(place(dataDir));
    }

    private Path place(Path dataDir) {
        return instances().resolve(dataDir.getFileName() + "-" + hash(dataDir));
    }

    private Path instances() {
        return root.resolve("instances");
    }

    private static void make(Path directory) {
        try {
            Directories.createPrivate(directory);
        } catch (IOException e) {
            throw FileFailure.explain(SystemProblem.FILE_FAILED.summary("could not make " + directory), e)
                    .failure(e);
        }
    }

    private static String hash(Path dataDir) {
        return Sha256.of(dataDir.toString()).substring(0, HASH_LENGTH);
    }
}
