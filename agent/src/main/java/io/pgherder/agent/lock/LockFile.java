package io.pgherder.agent.lock;

import io.pgherder.agent.system.AtomicFile;
import io.pgherder.agent.system.PropertyText;
import io.pgherder.agent.system.SystemProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

import static java.util.Objects.requireNonNull;

/** What must outlive the agent of one cluster's lock: {@code <state>/locks/<cluster>.properties}. */
final class LockFile {
    private static final String HEADING = "# an action with a token older than newest_token is refused\n";

    private final Path directory;
    private final String cluster;
    private final AtomicFile file;

    LockFile(Path directory, String cluster) {
        this.directory = directory;
        this.cluster = cluster;
        this.file = new AtomicFile(directory.resolve(cluster + ".properties"));
    }

    /**
     * @param newestToken the newest ever granted
     * @param held empty if the lock was released
     */
    record Content(long newestToken, Optional<Held> held) {
        static final Content NEVER_LOCKED = new Content(0, Optional.empty());
    }

    record Held(LockRequest request, Instant since) {}

    Path path() {
        return file.path();
    }

    /** A file that makes no sense is a failure, not "never locked": forgetting the newest token would let a late controller act. */
    Content read() {
        return file.read().map(this::parse).orElse(Content.NEVER_LOCKED);
    }

    private Content parse(String text) {
        try {
            return parse(PropertyText.parse(text));
        } catch (RuntimeException e) {
            throw LockProblem.NOT_UNDERSTOOD
                    .summary("could not make sense of the lock file " + path())
                    .detail(String.valueOf(e.getMessage()))
                    .hint("was it edited? it remembers which runs must not act any more; restore or remove it by hand")
                    .failure(e);
        }
    }

    private Content parse(Properties entries) {
        long newestToken = Long.parseLong(entry(entries, "newest_token"));
        if (entries.getProperty("holder") == null) {
            return new Content(newestToken, Optional.empty());
        }
        LockRequest request = new LockRequest(
                cluster,
                entry(entries, "holder"),
                entry(entries, "purpose"),
                newestToken,
                Duration.ofMillis(Long.parseLong(entry(entries, "ttl_ms"))),
                entries.getProperty("nonce", ""));
        return new Content(newestToken, Optional.of(new Held(request, Instant.parse(entry(entries, "since")))));
    }

    private static String entry(Properties entries, String key) {
        return requireNonNull(entries.getProperty(key), () -> key + " is missing");
    }

    /** Afterwards the content is on disk and survives a power cut. */
    void write(Content content) {
        PropertyText text = new PropertyText().put("newest_token", Long.toString(content.newestToken()));
        content.held()
                .ifPresent(held -> text.put("holder", held.request().holder())
                        .put("purpose", held.request().purpose())
                        .put("since", held.since().toString())
                        .put("ttl_ms", Long.toString(held.request().ttl().toMillis()))
                        .put("nonce", held.request().nonce()));
        if (!Files.isDirectory(directory)) {
            throw SystemProblem.FILE_FAILED
                    .summary("could not write " + path())
                    .detail("there is no directory " + directory + " any more")
                    .hint("restart the agent: it makes what is missing of its state directory")
                    .failure();
        }
        file.write(HEADING + text);
    }
}
