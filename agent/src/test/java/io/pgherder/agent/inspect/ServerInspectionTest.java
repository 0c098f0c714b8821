package io.pgherder.agent.inspect;

import io.pgherder.agent.inspect.ServerFacts.FileEntry;
import io.pgherder.agent.inspect.ServerFacts.Setting;
import io.pgherder.agent.postgres.Row;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ServerInspectionTest {
    @Test
    void aPasswordInAFileStaysOnTheHostWhetherItsEntryIsInForceOrNot() {
        FileEntry entry = FileFacts.entry(new Row(Map.of(
                "name", "primary_conninfo",
                "setting", "user=rep password='s3cr-et!' host=db1 port=1921",
                "sourcefile", "/d/postgresql.auto.conf",
                "sourceline", "3",
                "applied", "f",
                "error", "")));

        assertThat(entry)
                .isEqualTo(new FileEntry(
                        "primary_conninfo",
                        "user=rep password=**** host=db1 port=1921",
                        "/d/postgresql.auto.conf",
                        3,
                        false,
                        ""));
    }

    @Test
    void aPasswordThatAServerFollowsItsUpstreamWithNeverLeavesTheHost() {
        String asWrittenByPgBasebackup = "user=rep password='s3cr-et!' host=db1 port=1921";

        Setting setting = ServerInspection.setting(new Row(Map.of(
                "name", "primary_conninfo",
                "value", asWrittenByPgBasebackup,
                "setting", asWrittenByPgBasebackup,
                "unit", "",
                "context", "sighup",
                "vartype", "string",
                "pending_restart", "f",
                "source", "configuration file",
                "sourcefile", "/d/postgresql.auto.conf",
                "sourceline", "3")));

        assertThat(setting.value()).isEqualTo("user=rep password=**** host=db1 port=1921");
        assertThat(setting.rawValue()).isEqualTo("user=rep password=**** host=db1 port=1921");
    }
}
