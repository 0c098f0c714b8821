package io.pgherder.agent.operation;

import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.ProcessIdentity;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OldProcessTest {
    private final ProcessIdentity thisOne =
            ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();

    @Test
    void aRestartAfterWhichTheOldProcessRunsIsNone() {
        assertThatExceptionOfType(OperationFailed.class)
                .isThrownBy(() -> new OldProcess("pg1921", Optional.of(thisOne)).requireGone())
                .satisfies(failed -> {
                    assertThat(failed.problem().code()).isEqualTo("START-011");
                    assertThat(failed.problem().summary())
                            .isEqualTo("the server of pg1921 was restarted, and its old process runs still");
                    assertThat(failed.problem().details())
                            .containsExactly("its pid is " + thisOne.pid()
                                    + ", as before; no setting that needs a restart is in force");
                });
    }

    @Test
    void aNewProcessMayHaveThePidOfTheOldOne() {
        ProcessIdentity before = new ProcessIdentity(thisOne.pid(), thisOne.startTicks() - 1);

        assertThatCode(() -> new OldProcess("pg1921", Optional.of(before)).requireGone())
                .doesNotThrowAnyException();
    }

    @Test
    void whereNoneRanAnyProcessIsNew() {
        assertThatCode(() -> new OldProcess("pg1921", Optional.empty()).requireGone())
                .doesNotThrowAnyException();
    }
}
