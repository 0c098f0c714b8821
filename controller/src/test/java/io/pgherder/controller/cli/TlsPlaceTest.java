package io.pgherder.controller.cli;

import io.pgherder.controller.topology.yaml.TopologyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class TlsPlaceTest {
    @TempDir
    private Path directory;

    @Test
    void whatTheFileSaysIsRelativeToItsDirectoryHoweverTheFileIsNamed() throws IOException {
        Path sub = Files.createDirectories(directory.resolve("a/fleet/sub"));
        Prompt prompt = Prompt.in(sub, Prompt.NOBODY);
        Path fromHere = Path.of("").toAbsolutePath().relativize(sub);
        Files.createDirectory(sub.resolve("tls"));

        for (Path named : List.of(sub, fromHere, sub.resolve("../sub"), fromHere.resolve("../sub"))) {
            assertThat(place(prompt, named.resolve("orders.yaml")))
                    .as(named.toString())
                    .isEqualTo(sub.resolve("tls").toRealPath());
        }
    }

    @Test
    void anAbsolutePlaceIsTakenAsItStands() throws IOException {
        Prompt prompt = Prompt.in(directory, Prompt.NOBODY);
        Path tls = Files.createDirectory(directory.resolve("elsewhere"));
        prompt.write("orders.yaml", Prompt.ORDERS.replace("tls: tls", "tls: " + tls));

        assertThat(place(prompt, Path.of(prompt.orders()))).isEqualTo(tls.toRealPath());
    }

    private static Path place(Prompt prompt, Path topology) throws IOException {
        return new TlsPlace(prompt.surroundings())
                .find(Optional.empty(), new TopologyReader().read(topology))
                .toRealPath();
    }
}
