package io.pgherder.agent.postgres;

import io.pgherder.agent.configfile.ManagedSettings;
import io.pgherder.agent.postgres.RefusedSettings.Refused;
import io.pgherder.agent.system.InstanceFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What is remembered of a start that failed, as long as it explains what pgherder.conf has. */
final class RefusedSettingsTest {
    private static final Refused TOO_MUCH =
            new Refused("shared_buffers", Optional.of("900GB"), "/data01/pg/pgherder.conf:12", Optional.of("16MB"));
    private static final Refused NOT_THERE =
            new Refused("shared_preload_libraries", Optional.of("nope"), "/data01/pg/own.conf:1", Optional.empty());
    private static final Refused BY_DEFAULT = new Refused("huge_pages", Optional.empty(), "", Optional.of("off"));

    @TempDir
    Path state;

    private InstanceFiles files;

    @BeforeEach
    void aStartHasFailed() {
        files = new InstanceFiles(state);
        refused(TOO_MUCH, NOT_THERE, BY_DEFAULT).keep(files);
    }

    @Test
    void theyAreHeldBackWhileTheFileHasWhatWasPutThereInstead() {
        assertThat(RefusedSettings.heldBack(files, conf(Map.of("shared_buffers", "16MB", "huge_pages", "off"))))
                .contains(refused(TOO_MUCH, NOT_THERE, BY_DEFAULT));
        assertThat(RefusedSettings.heldBack(files, conf(Map.of("SHARED_BUFFERS", "16MB", "huge_pages", "on"))))
                .contains(refused(TOO_MUCH, NOT_THERE));
    }

    @Test
    void whereTheFileHasSomethingElseNothingIs() {
        ManagedSettings other = conf(Map.of("shared_buffers", "1GB", "shared_preload_libraries", "auto_explain"));

        assertThat(RefusedSettings.heldBack(files, other)).isEmpty();
        RefusedSettings.forgetUnlessHeldBack(files, conf(Map.of("shared_buffers", "16MB")));
        assertThat(files.refusedSettings().path()).exists();
        RefusedSettings.forgetUnlessHeldBack(files, other);
        assertThat(files.refusedSettings().path()).doesNotExist();
        assertThat(RefusedSettings.heldBack(files, conf(Map.of()))).isEmpty();
    }

    @Test
    void theyAreToldWithTheirPlaces() {
        assertThat(refused(TOO_MUCH, NOT_THERE, BY_DEFAULT).words())
                .isEqualTo("shared_buffers = '900GB' in /data01/pg/pgherder.conf:12, shared_preload_libraries = 'nope'"
                        + " in /data01/pg/own.conf:1, no huge_pages");
    }

    private static RefusedSettings refused(Refused... settings) {
        return new RefusedSettings(
                Instant.parse("2026-11-26T14:02:31Z"), "FATAL:  could not access file \"nope\"", List.of(settings));
    }

    private static ManagedSettings conf(Map<String, String> values) {
        return ManagedSettings.of("t5", values);
    }
}
