package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.ManagedSettings;
import io.pgherder.agent.operation.FormerSettings.Waiting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is kept of the files of an instance that no process can be asked of, before they are written. */
final class SettingsAtRestTest {
    private static final SettingsAtRest NOTHING = files(Map.of(), "");

    @Test
    void whatIsOtherwiseAfterwardsIsKeptAsItWas() {
        SettingsAtRest before = files(Map.of("work_mem", "4MB", "shared_buffers", "16MB", "wal_keep_size", "1GB"), "");
        SettingsAtRest next = files(Map.of("Work_Mem", "5MB", "shared_buffers", "16MB", "max_connections", "40"), "");

        assertThat(before.before(next, List.of()))
                .containsExactly(none("max_connections"), was("wal_keep_size", "1GB"), was("work_mem", "4MB"));
    }

    @Test
    void whatAnAlterSystemHadSetCounts() {
        SettingsAtRest before = files(Map.of("work_mem", "4MB"), "work_mem = '7MB'\nshared_buffers = '24MB'\n");

        assertThat(before.before(files(Map.of("work_mem", "4MB"), "shared_buffers = '24MB'\n"), List.of()))
                .containsExactly(was("work_mem", "7MB"));
    }

    @Test
    void aStandbyDoesNotGoBackToAFormerUpstream() {
        SettingsAtRest before = files(Map.of("primary_conninfo", "host=10.0.1.11", "primary_slot_name", "n2"), "");

        assertThat(before.before(files(Map.of("primary_conninfo", "host=10.0.1.12"), ""), List.of()))
                .isEmpty();
    }

    @Test
    void ofSeveralWritingsThatNoServerHasStartedWithItIsWhatWasBeforeThemAll() {
        List<Waiting> first = files(Map.of("work_mem", "4MB"), "")
                .before(files(Map.of("work_mem", "5MB", "shared_preload_libraries", "nope"), ""), List.of());

        List<Waiting> second = files(Map.of("work_mem", "5MB", "shared_preload_libraries", "nope"), "")
                .before(files(Map.of("work_mem", "6MB", "shared_preload_libraries", "nope"), ""), first);

        assertThat(second).containsExactly(none("shared_preload_libraries"), was("work_mem", "4MB"));
    }

    @Test
    void whatIsAsItWasBeforeThemAllIsKeptNoMore() {
        List<Waiting> first = NOTHING.before(files(Map.of("work_mem", "5MB", "shared_buffers", "1TB"), ""), List.of());

        assertThat(files(Map.of("work_mem", "5MB", "shared_buffers", "1TB"), "")
                        .before(files(Map.of("shared_buffers", "1TB"), ""), first))
                .containsExactly(none("shared_buffers"));
    }

    private static SettingsAtRest files(Map<String, String> managed, String autoConf) {
        return SettingsAtRest.of(ManagedSettings.of("orders", managed), autoConf);
    }

    private static Waiting was(String name, String value) {
        return new Waiting(name, Optional.of(value), false);
    }

    private static Waiting none(String name) {
        return new Waiting(name, Optional.empty(), false);
    }
}
