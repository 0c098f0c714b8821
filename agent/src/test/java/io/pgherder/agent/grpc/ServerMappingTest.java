package io.pgherder.agent.grpc;

import io.pgherder.agent.inspect.ServerFacts;
import io.pgherder.agent.inspect.ServerFacts.FileEntry;
import io.pgherder.agent.inspect.ServerFacts.RoleSetting;
import io.pgherder.agent.inspect.ServerFacts.Slot;
import io.pgherder.agent.postgres.FileError;
import io.pgherder.agent.postgres.FileErrors;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ServerMappingTest {
    private static final Slot IDLE =
            new Slot("pg2", "physical", false, false, "0/3000000", "reserved", Optional.of(0L));
    private static final Slot LOST = new Slot("pg3", "physical", false, false, "", "lost", Optional.empty());

    @Test
    void whatTheFilesSayIsToldEntryByEntry() {
        FileEntry entry = new FileEntry(
                "work_mem", "8MB", "/data01/pg/postgresql.auto.conf", 3, false, "setting could not be applied");

        io.pgherder.proto.v1.ServerFacts told = ServerMapping.toProto(server(Optional.of(List.of(entry)), List.of()));

        assertThat(told.getFileEntriesSeen()).isTrue();
        assertThat(told.getFileEntriesList())
                .containsExactly(io.pgherder.proto.v1.FileEntry.newBuilder()
                        .setName("work_mem")
                        .setValue("8MB")
                        .setFile("/data01/pg/postgresql.auto.conf")
                        .setLine(3)
                        .setError("setting could not be applied")
                        .build());
    }

    @Test
    void filesOfWhichTheServerDidNotSayWhatTheyHoldAreUnknownNotEmpty() {
        assertThat(ServerMapping.toProto(server(Optional.empty(), List.of())).getFileEntriesSeen())
                .isFalse();
        assertThat(ServerMapping.toProto(server(Optional.of(List.of()), List.of()))
                        .getFileEntriesSeen())
                .isTrue();
    }

    @Test
    void thatNoRoleHasItsOwnSettingIsSaid() {
        io.pgherder.proto.v1.ServerFacts none = ServerMapping.toProto(server(Optional.empty(), List.of()));
        assertThat(none.getRoleSettingsSeen()).isTrue();
        assertThat(none.getRoleSettingsList()).isEmpty();

        assertThat(ServerMapping.toProto(server(
                                Optional.empty(), List.of(new RoleSetting("batch", "", "synchronous_commit", "off"))))
                        .getRoleSettingsList())
                .containsExactly(io.pgherder.proto.v1.RoleSetting.newBuilder()
                        .setRole("batch")
                        .setName("synchronous_commit")
                        .setValue("off")
                        .build());
    }

    @Test
    void aSlotThatKeepsNothingYetIsNotOneThatKeepsNoneAtAll() {
        List<io.pgherder.proto.v1.Slot> slots =
                ServerMapping.toProto(server(Optional.empty(), List.of())).getSlotsList();

        assertThat(slots.get(0).hasRetainedBytes()).isTrue();
        assertThat(slots.get(0).getRetainedBytes()).isZero();
        assertThat(slots.get(1).hasRetainedBytes()).isFalse();
    }

    @Test
    void whatAStandbyWasRefusedWithIsTold() {
        assertThat(ServerMapping.toProto(server(Optional.empty(), List.of())).getLastRefusal())
                .isEqualTo("refused");
    }

    @Test
    void preparedTransactionsAreCounted() {
        assertThat(ServerMapping.toProto(server(Optional.empty(), List.of())).getPreparedTransactions())
                .isEqualTo(2);
    }

    @Test
    void whyEverySessionEndsIsTold() {
        assertThat(ServerMapping.toProto(server(Optional.empty(), List.of())).getSessionsEnd())
                .isEqualTo("could not access file");
    }

    @Test
    void errorsInFilesAreToldWithTheirPlaceAndHowManyMoreThereAre() {
        io.pgherder.proto.v1.ServerFacts told = ServerMapping.toProto(server(Optional.empty(), List.of()));

        assertThat(told.getConfigErrors())
                .isEqualTo(io.pgherder.proto.v1.FileErrors.newBuilder()
                        .addTold(io.pgherder.proto.v1.FileError.newBuilder()
                                .setFile("/data01/pg/postgresql.conf")
                                .setLine(7)
                                .setMessage("port = 'x': invalid")
                                .setUnopened("/data01/x")
                                .setSetting("port"))
                        .setMore(3)
                        .build());
        assertThat(told.getHbaErrors()).isEqualTo(io.pgherder.proto.v1.FileErrors.getDefaultInstance());
    }

    private static ServerFacts server(Optional<List<FileEntry>> fileEntries, List<RoleSetting> roleSettings) {
        return new ServerFacts(
                "15.18",
                150018,
                false,
                1,
                "0/3000000",
                "",
                "",
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(IDLE, LOST),
                List.of(),
                List.of(),
                new FileErrors(
                        List.of(new FileError(
                                Optional.of("/data01/pg/postgresql.conf"),
                                7,
                                Optional.of("port"),
                                "port = 'x': invalid",
                                Optional.of("/data01/x"))),
                        3),
                FileErrors.NONE,
                FileErrors.NONE,
                0,
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                List.of(),
                fileEntries,
                roleSettings,
                List.of(),
                Optional.of("refused"),
                Optional.of("could not access file"),
                2,
                List.of());
    }
}
