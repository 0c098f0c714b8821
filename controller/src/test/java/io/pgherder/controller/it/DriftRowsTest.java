package io.pgherder.controller.it;

import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.it.drift.Batch;
import io.pgherder.controller.it.drift.Told;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Every kind of difference has a row with real servers, but for those that one machine with one version cannot show. */
class DriftRowsTest {
    /** In VersionsAgreeTest. */
    private static final Set<DriftKind> WITHOUT_SERVERS = EnumSet.of(DriftKind.OTHER_MINOR_VERSION);

    @Test
    void everyKindHasARow() {
        Set<DriftKind> told = Stream.concat(DriftIT.batches(), LongDriftIT.batches())
                .flatMap(Batch::rows)
                .flatMap(row -> row.told().stream())
                .map(Told::kind)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(DriftKind.class)));

        assertThat(told).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(WITHOUT_SERVERS)));
    }
}
