package io.pgherder.controller.cli.demo;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ShownTest {
    @Test
    void aCommandInTheWorkingDirectoryIsTypedWithADot() {
        assertThat(Shown.command(Path.of("pgherder").toAbsolutePath())).isEqualTo("./pgherder");
    }

    @Test
    void aCommandElsewhereIsQuotedLikeAnyWord() {
        assertThat(Shown.command(Path.of("/srv/a&b/pgherder"))).isEqualTo("'/srv/a&b/pgherder'");
    }
}
