package io.pgherder.agent.operation;

import io.pgherder.agent.operation.FilesOnDisk.Overridden;
import io.pgherder.agent.postgres.FileError;
import io.pgherder.agent.postgres.FileErrors;
import io.pgherder.agent.postgres.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    @Test
    void whoseLinesTheyAreDecidesWhatHelps() {
        FileErrors ours = errors("pgherder.conf");
        FileErrors somebodyElses = errors("postgresql.conf");
        FileErrors rules = errors("pg_hba.conf");

        assertThat(FilesOnDisk.whatHelps(ours))
                .isEqualTo("has somebody edited pgherder.conf? Run the same command again: it finds that and writes the"
                        + " file anew");
        assertThat(FilesOnDisk.whatHelps(ours.and(somebodyElses)))
                .isEqualTo("whose lines are these? pgherder writes only pgherder.conf anew: correct or remove those in"
                        + " other files");
        assertThat(FilesOnDisk.whatHelps(rules))
                .isEqualTo("whose lines are these? pgherder writes only pgherder.conf anew, and pg_hba.conf where the"
                        + " topology declares hba: correct or remove those in other files");
    }

    @Test
    void whatIsAboutToBeWrittenOrResetMendsTheLinesThatItBeats() {
        assertThat(isMended("postgresql.conf", "work_mem")).isTrue();
        assertThat(isMended("postgresql.conf", "Work_Mem"))
                .as("to PostgreSQL another line, that it reads too")
                .isFalse();
        assertThat(isMended("postgresql.auto.conf", "work_mem"))
                .as("it is read after pgherder.conf")
                .isFalse();
        assertThat(isMended("postgresql.auto.conf", "Temp_Buffers")).isTrue();
        assertThat(isMended("postgresql.conf", "temp_buffers")).isFalse();
    }

    private static boolean isMended(String file, String setting) {
        FileError error =
                new FileError(Optional.of("/data01/pg/" + file), 3, Optional.of(setting), "invalid", Optional.empty());
        return FilesOnDisk.isMended(error, Set.of("work_mem"), List.of("temp_buffers"));
    }

    private static FileErrors errors(String file) {
        return new FileErrors(
                List.of(new FileError(
                        Optional.of("/data01/pg/" + file), 3, Optional.empty(), "syntax error", Optional.empty())),
                0);
    }

    private static Row setting(String name, String file, String line) {
        return new Row(Map.of("name", name, "sourcefile", file, "sourceline", line));
    }
}
