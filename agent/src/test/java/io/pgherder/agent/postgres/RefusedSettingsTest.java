package io.pgherder.agent.postgres;

import io.pgherder.agent.postgres.RefusedSettings.Refused;
import io.pgherder.agent.system.InstanceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What is remembered of a start that failed, as long as it explains what pgherder.conf has. */
final class RefusedSettingsTest {
    @TempDir
    Path home;

    private Path conf;
    private Path own;
    private InstancePlace place;
    private InstanceFiles files;
    private Refused tooMuch;
    private Refused notThere;
    private Refused byDefault;

    @BeforeEach
    void aStartHasFailed() throws IOException {
        Path data = Files.createDirectories(home.resolve("data"));
        files = new InstanceFiles(Files.createDirectories(home.resolve("state")));
        place = new InstancePlace(
                "t5", "pg1922", 15, Optional.empty(), data, Optional.empty(), Optional.empty(), 1922, "postgres");
        conf = data.resolve("pgherder.conf");
        own = Files.writeString(data.resolve("own.conf"), "shared_preload_libraries = 'nope'\n");
        Files.writeString(data.resolve("postgresql.conf"), "include 'own.conf'\ninclude_if_exists 'pgherder.conf'\n");
        tooMuch = Refused.of("shared_buffers", Optional.of("900GB"), conf + ":12", Optional.of("16MB"));
        notThere = Refused.of("shared_preload_libraries", Optional.of("nope"), own + ":1", Optional.of(""));
        byDefault = Refused.of("huge_pages", Optional.empty(), "", Optional.of("off"));
        refused(tooMuch, notThere, byDefault).keep(files);
    }

    @Test
    void theyAreHeldBackWhileTheFileHasWhatWasPutThereInstead() throws IOException {
        Files.writeString(conf, "shared_buffers = '16MB'\nshared_preload_libraries = ''\nhuge_pages = off\n");
        assertThat(RefusedSettings.heldBack(place, files)).contains(refused(tooMuch, notThere, byDefault));

        Files.writeString(conf, "SHARED_BUFFERS = '16MB'\nshared_preload_libraries = ''\nhuge_pages = on\n");
        assertThat(RefusedSettings.heldBack(place, files)).contains(refused(tooMuch, notThere));
    }

    @Test
    void whatSomebodyHasWrittenElsewhereMayBeCorrectedThere() throws IOException {
        Files.writeString(conf, "shared_preload_libraries = ''\n");
        assertThat(RefusedSettings.heldBack(place, files)).contains(refused(notThere));

        Files.writeString(own, "shared_preload_libraries = 'auto_explain'\n");
        assertThat(RefusedSettings.heldBack(place, files)).contains(refused(notThere.corrected()));

        Files.delete(own);
        assertThat(RefusedSettings.heldBack(place, files)).contains(refused(notThere.corrected()));
    }

    @Test
    void whereTheFileHasSomethingElseNothingIs() throws IOException {
        Files.writeString(conf, "shared_buffers = '16MB'\n");
        RefusedSettings.forgetUnlessHeldBack(place, files);
        assertThat(files.refusedSettings().path()).exists();

        Files.writeString(conf, "shared_buffers = '1GB'\nshared_preload_libraries = 'auto_explain'\n");
        assertThat(RefusedSettings.heldBack(place, files)).isEmpty();
        RefusedSettings.forgetUnlessHeldBack(place, files);
        assertThat(files.refusedSettings().path()).doesNotExist();
        assertThat(RefusedSettings.heldBack(place, files)).isEmpty();
    }

    @Test
    void aFileThatSomebodyHasDamagedSaysNothing() throws IOException {
        Files.writeString(conf, "shared_buffers = '16MB'\n");
        Files.writeString(files.refusedSettings().path(), "at_ms=yesterday\nname_1=shared_buffers\ninstead_1=16MB\n");

        assertThat(RefusedSettings.heldBack(place, files)).isEmpty();
    }

    @Test
    void theyAreToldWithTheirPlaces() {
        assertThat(refused(tooMuch, notThere, byDefault).words())
                .isEqualTo("shared_buffers = '900GB' in " + conf + ":12, shared_preload_libraries = 'nope' in " + own
                        + ":1, no huge_pages");
    }

    private static RefusedSettings refused(Refused... settings) {
        return new RefusedSettings(
                Instant.parse("2026-11-26T14:02:31Z"), "FATAL:  could not access file \"nope\"", List.of(settings));
    }
}
