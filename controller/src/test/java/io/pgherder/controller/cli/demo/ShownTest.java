package io.pgherder.controller.cli.demo;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ShownTest {
    @Test
    void whatLiesBelowTheWorkingDirectoryIsRelative() {
        assertThat(Shown.path(Path.of("inventories/t5.yaml").toAbsolutePath()))
                .isEqualTo(Path.of("inventories/t5.yaml"));
        assertThat(Shown.path(Path.of("/srv/t5.yaml"))).isEqualTo(Path.of("/srv/t5.yaml"));
    }
}
