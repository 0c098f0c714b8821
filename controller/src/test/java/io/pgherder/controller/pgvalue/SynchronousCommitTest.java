package io.pgherder.controller.pgvalue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SynchronousCommitTest {
    @ParameterizedTest
    @CsvSource({
        "off,          false, false",
        "No,           false, false",
        "0,            false, false",
        "local,        false, false",
        "remote_write, true,  false",
        "Remote_Write, true,  false",
        "on,           true,  true",
        "true,         true,  true",
        "remote_apply, true,  true",
        "of,           true,  true",
        "remote_think, true,  true"
    })
    void whatACommitWaitsFor(String level, boolean standbys, boolean theirDisks) {
        assertThat(SynchronousCommit.waitsForStandbys(level)).as("standbys").isEqualTo(standbys);
        assertThat(SynchronousCommit.waitsForTheirDisks(level)).as("disks").isEqualTo(theirDisks);
    }

    @Test
    void aLevelThatIsNotKnownIsNone() {
        assertThat(SynchronousCommit.parse("remote_think")).isEmpty();
        assertThat(SynchronousCommit.parse("tru")).isEmpty();
        assertThat(SynchronousCommit.parse("yes")).contains(SynchronousCommit.ON);
    }
}
