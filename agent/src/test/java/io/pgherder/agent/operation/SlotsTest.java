package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.Row;
import io.pgherder.agent.problem.OperationFailed;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SlotsTest {
    @TempDir
    private Path temp;

    @Test
    void aLogicalSlotOfTheNameIsSomebodysAndIsNeitherUsedNorDropped() {
        assertThatExceptionOfType(OperationFailed.class)
                .isThrownBy(() -> physical(Optional.of(slot("logical"))))
                .satisfies(failed -> {
                    assertThat(failed.problem().code()).isEqualTo("SLOT-001");
                    assertThat(failed.problem().summary())
                            .isEqualTo("slot \"pg1922\" of pg1921 is a logical one, and not pgherder's");
                    assertThat(failed.problem().hint()).isEqualTo("whose is it? A node of the topology needs the name");
                });
    }

    @Test
    void aPhysicalOneAndNoneArePassedOn() {
        Optional<Row> physical = Optional.of(slot("physical"));

        assertThat(physical(physical)).isSameAs(physical);
        assertThat(physical(Optional.empty())).isEmpty();
    }

    private Optional<Row> physical(Optional<Row> found) {
        return Slots.physical(new OperationFixture(temp).place("pg1921", 1921), "pg1922", found);
    }

    private static Row slot(String type) {
        return new Row(Map.of("slot_type", type));
    }
}
