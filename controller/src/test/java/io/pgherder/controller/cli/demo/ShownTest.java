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
    void whatAShellWouldTakeApartIsQuoted() {
        assertThat(Shown.word("/srv/pgherder/inventories/t5.yaml")).isEqualTo("/srv/pgherder/inventories/t5.yaml");
        assertThat(Shown.word("/srv/a checkout/t5.yaml")).isEqualTo("'/srv/a checkout/t5.yaml'");
        assertThat(Shown.word("/srv/bob's/t5.yaml")).isEqualTo("'/srv/bob'\\''s/t5.yaml'");
        assertThat(Shown.command(Path.of("/srv/a&b/pgherder"))).isEqualTo("'/srv/a&b/pgherder'");
    }
}
