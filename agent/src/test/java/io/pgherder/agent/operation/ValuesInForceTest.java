package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ValuesInForceTest {
    private final List<String> asked = new ArrayList<>();

    @Test
    void whatTheServerHasOtherThanItsFileSaysIsToldWithBothValues() {
        assertThat(other(
                        Map.of("work_mem", "8192", "archive_cleanup_command", "", "log_statement", "all"),
                        setting("work_mem", "8MB", "4096", "4MB"),
                        setting("archive_cleanup_command", "", "clean %r", "clean %r"),
                        setting("log_statement", "all", "none", "none")))
                .containsExactly(
                        "work_mem is 4MB, and pgherder.conf says 8MB",
                        "archive_cleanup_command is ****, and pgherder.conf says empty",
                        "log_statement is none, and pgherder.conf says all");
    }

    @Test
    void whatIsSpelledOtherwiseAndMeansTheSameIsNotTold() {
        assertThat(other(
                        Map.of("work_mem", "4096", "log_checkpoints", "on"),
                        setting("work_mem", "4096kB", "4096", "4MB"),
                        setting("log_checkpoints", "yes", "on", "on")))
                .isEmpty();
        assertThat(asked).containsExactly("work_mem", "log_checkpoints");
    }

    @Test
    void whereTheFileSpellsItAsTheServerDoesTheProgramIsNotAsked() {
        assertThat(other(
                        Map.of(),
                        setting("work_mem", "4MB", "4096", "4MB"),
                        setting("max_wal_size", "1024", "1024", "1GB"),
                        setting("log_statement", "ALL", "all", "all")))
                .isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void whatTheProgramDoesNotSayIsNotTakenForADifference() {
        assertThat(other(Map.of(), setting("work_mem", "4096kB", "4096", "4MB")))
                .isEmpty();
    }

    @Test
    void whatAServerShowsInItsOwnWayIsNotTheValue() {
        assertThat(other(
                        Map.of("archive_command", "cp %p /archive/%f", "log_file_mode", "416"),
                        setting("archive_command", "cp %p /archive/%f", "(disabled)", "(disabled)"),
                        setting("log_file_mode", "416", "0640", "0640")))
                .isEmpty();
    }

    @Test
    void aPasswordIsNotTold() {
        assertThat(other(
                        Map.of("primary_conninfo", "host=db2 password=new"),
                        setting(
                                "primary_conninfo",
                                "host=db2 password=new",
                                "host=db1 password=old",
                                "host=db1 password=old")))
                .containsExactly("primary_conninfo is host=db1 password=****, and pgherder.conf says host=db2"
                        + " password=****");
    }

    private List<String> other(Map<String, String> asAStartTakesIt, Row... rows) {
        return ValuesInForce.otherThanWritten(List.of(rows), name -> {
            asked.add(name);
            return Optional.ofNullable(asAStartTakesIt.get(name));
        });
    }

    private static Row setting(String name, String written, String raw, String shown) {
        return new Row(Map.of("name", name, "written", written, "raw", raw, "shown", shown));
    }
}
