package io.pgherder.agent.operation;

import io.pgherder.agent.operation.FilesOnDisk.Overridden;
import io.pgherder.agent.postgres.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FilesOnDiskTest {
    @Test
    void whatPgherderConfDoesNotDecideIsOverriddenWhereverItComesFrom() {
        Map<String, String> fromTheCommandLine = new HashMap<>(Map.of("name", "primary_slot_name"));
        fromTheCommandLine.put("sourcefile", null);
        fromTheCommandLine.put("sourceline", null);

        assertThat(FilesOnDisk.overridden(List.of(
                        setting("primary_conninfo", "/data01/pg/postgresql.auto.conf", "3"),
                        setting("recovery_target", "/data01/pg/pgherder.conf", "9"),
                        new Row(fromTheCommandLine))))
                .containsExactly(
                        new Overridden("primary_conninfo", "/data01/pg/postgresql.auto.conf:3"),
                        new Overridden("primary_slot_name", "no file"));
    }

    private static Row setting(String name, String file, String line) {
        return new Row(Map.of("name", name, "sourcefile", file, "sourceline", line));
    }
}
