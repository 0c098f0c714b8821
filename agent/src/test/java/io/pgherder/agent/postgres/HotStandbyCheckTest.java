package io.pgherder.agent.postgres;

import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.Cancellation;
import io.pgherder.agent.system.Command;
import io.pgherder.agent.system.CommandListener;
import io.pgherder.agent.system.CommandResult;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HotStandbyCheckTest {
    private static final Installation PG15 = new Installation(15, "15.18", Path.of("/pg/bin"));
    private static final Path DATA = Path.of("/d/pg");
    private static final InstancePlace PLACE = new InstancePlace(
            "t5", "pg1922", 15, Optional.empty(), DATA, Optional.empty(), Optional.empty(), 1921, "postgres");

    private static final String CONTROL = """
            Catalog version number:               202209061
            Database system identifier:           7421903344718816021
            Database cluster state:               in archive recovery
            Latest checkpoint location:           0/5F2A1C8
            Latest checkpoint's REDO location:    0/5F2A190
            Latest checkpoint's TimeLineID:       1
            Minimum recovery ending location:     0/5F2A1C8
            Min recovery ending loc's timeline:   1
            wal_log_hints setting:                on
            Data page checksum version:           1
            max_connections setting:              %d
            max_worker_processes setting:         8
            max_wal_senders setting:              12
            max_prepared_xacts setting:           0
            max_locks_per_xact setting:           64
            """;

    private final Map<String, String> own = new HashMap<>(Map.of(
            "max_connections", "100",
            "max_worker_processes", "9",
            "max_wal_senders", "12",
            "max_prepared_transactions", "0",
            "max_locks_per_transaction", "64"));

    private int primarysConnections = 100;

    @Test
    void asMuchAsThePrimaryIsEnough() {
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void lessThanThePrimaryIsRefusedWithBothValues() {
        own.put("max_connections", "20");
        own.put("max_locks_per_transaction", "10");

        assertThatThrownBy(this::check).isInstanceOfSatisfying(OperationFailed.class, failed -> {
            assertThat(failed)
                    .hasMessage("POSTGRES-011 pg1922 would not start again: it would have less than its primary");
            assertThat(failed.problem().details())
                    .containsExactly(
                            "max_connections would be 20, and its primary has 100",
                            "max_locks_per_transaction would be 10, and its primary has 64");
        });
    }

    @Test
    void whatTheProgramDoesNotSayIsLeftToTheStart() {
        own.put("max_connections", "");

        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void whatThePrimaryHasIsReadAnewEachTime() {
        own.put("max_connections", "60");
        HotStandbyCheck check = new HotStandbyCheck(this::run, PG15, PLACE);
        assertThat(check.wouldStart()).isFalse();

        primarysConnections = 60;

        assertThat(check.wouldStart()).isTrue();
    }

    private void check() {
        new HotStandbyCheck(this::run, PG15, PLACE).requireEnough();
    }

    private CommandResult run(Command command, CommandListener listener, Cancellation cancellation) {
        return new CommandResult(0, false, answer(command), List.of());
    }

    private String answer(Command command) {
        return command.toString().contains("pg_controldata")
                ? CONTROL.formatted(primarysConnections)
                : own.get(command.arguments().get(command.arguments().size() - 1)) + "\n";
    }
}
