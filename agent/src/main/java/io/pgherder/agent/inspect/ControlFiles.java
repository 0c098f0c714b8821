package io.pgherder.agent.inspect;

import io.pgherder.agent.postgres.ControlData;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PgControlData;
import io.pgherder.agent.postgres.PgInstallations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The control files of this host's instances; the program that reads one is run again only after the file was written again. */
final class ControlFiles {
    /** A file that was written this lately may be written again without its time showing it: such a reading is not kept. */
    private static final Duration CLOCK_GRAIN = Duration.ofSeconds(1);

    private final PgControlData program;
    private final PgInstallations installations;
    private final Clock clock;
    private final Map<Path, Known> known = new ConcurrentHashMap<>();

    private record Known(Object file, Instant written, ControlData data) {}

    ControlFiles(PgControlData program, PgInstallations installations, Clock clock) {
        this.program = program;
        this.installations = installations;
        this.clock = clock;
    }

    /** @param majorVersion of the directory, which may differ from the declared one */
    ControlData read(InstancePlace place, int majorVersion) {
        Optional<BasicFileAttributes> before = attributes(place.dataDir());
        Known remembered = known.get(place.dataDir());
        if (remembered != null
                && before.filter(now -> identity(now).equals(remembered.file())
                                && written(now).equals(remembered.written()))
                        .isPresent()) {
            return remembered.data();
        }
        ControlData data = program.read(installations.findFor(place, majorVersion), place.dataDir());
        before.filter(file -> written(file).isBefore(clock.instant().minus(CLOCK_GRAIN)))
                .ifPresent(file -> known.put(place.dataDir(), new Known(identity(file), written(file), data)));
        return data;
    }

    private static Optional<BasicFileAttributes> attributes(Path dataDir) {
        try {
            return Optional.of(
                    Files.readAttributes(dataDir.resolve("global").resolve("pg_control"), BasicFileAttributes.class));
        } catch (IOException unreadable) {
            // The program will say so, in better words.
            return Optional.empty();
        }
    }

    private static Object identity(BasicFileAttributes file) {
        return String.valueOf(file.fileKey());
    }

    private static Instant written(BasicFileAttributes file) {
        return file.lastModifiedTime().toInstant();
    }
}
