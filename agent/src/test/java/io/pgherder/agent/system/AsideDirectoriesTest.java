package io.pgherder.agent.system;

import io.pgherder.agent.problem.OperationFailed;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AsideDirectoriesTest {
    @Test
    void aMountPointIsFoundBeforeAnythingIsTouched() {
        Path mounted = Path.of("/proc");

        assertThatThrownBy(() -> new AsideDirectories(mounted, new AllowedRoots(List.of(mounted))).requireMovable())
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        failed -> assertThat(failed.problem().summary())
                                .isEqualTo("cannot set /proc aside: it is a mount point"));
    }
}
