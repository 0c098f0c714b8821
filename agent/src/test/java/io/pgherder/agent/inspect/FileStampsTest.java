package io.pgherder.agent.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class FileStampsTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    private Path dataDir;

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void eachFileOnceWithItsOwnerAndTheTimeOfItsText() throws IOException {
        Instant written = Instant.parse("2026-11-26T14:02:00Z");
        Path file = Files.writeString(dataDir.resolve("postgresql.auto.conf"), "work_mem = '8MB'\n");
        Files.setLastModifiedTime(file, FileTime.from(written));
        String path = file.toString();

        assertThat(new FileStamps(new InTime(threads)).of(List.of(path, path)))
                .containsExactly(new FileStamp(file, Files.getOwner(file).getName(), written));
    }

    @Test
    void whatIsNotThereOrHasNoPathIsLeftOut() {
        assertThat(new FileStamps(new InTime(threads))
                        .of(List.of(
                                "",
                                "postgresql.conf",
                                dataDir.resolve("gone.conf").toString())))
                .isEmpty();
    }
}
