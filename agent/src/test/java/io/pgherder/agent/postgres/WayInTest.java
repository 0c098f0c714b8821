package io.pgherder.agent.postgres;

import io.pgherder.agent.problem.OperationFailed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class WayInTest {
    private static final Path DATA = Path.of("/data01/pg4");

    @Test
    void lineAndFileAreShownAsTheyHaveToBe() {
        assertThat(new WayIn(DATA, DATA, "postgres", "postgres").question())
                .isEqualTo(
                        "does /data01/pg4/pg_hba.conf begin with the line \"local all postgres peer\", and is there a role"
                                + " \"postgres\"? A server reads these files again after pg_ctl reload -D /data01/pg4");
    }

    @Test
    void accountOfAnotherNameNeedsALineOfPgIdentToo() {
        assertThat(new WayIn(DATA, DATA, "postgres", "dba").question())
                .startsWith("does /data01/pg4/pg_hba.conf begin with the line \"local all postgres peer map=pgherder\","
                        + " is \"pgherder dba postgres\" a line of /data01/pg4/pg_ident.conf, and is there a role");
    }

    @Test
    void serverThatSaysWhyItTakesNobodyIsNotAskedForItsHbaFile() {
        InstancePlace place = new InstancePlace(
                "t5", "pg4", 15, Optional.empty(), DATA, Optional.empty(), Optional.empty(), 1924, "postgres");

        assertThat(LocalSql.hint(place, "53300"))
                .isEqualTo("which sessions on pg4 can be ended? The agent needs one of its max_connections");
        assertThat(LocalSql.hint(place, "57P03")).isEqualTo("does it start, or recover? Its log says how far it is");
        assertThat(LocalSql.hint(place, "3D000"))
                .isEqualTo("was the database \"postgres\" renamed or dropped? The agent asks in it: CREATE DATABASE"
                        + " postgres");
        assertThat(LocalSql.hint(place, "58P01"))
                .isEqualTo("which file is that? The server's account has to be able to read all of its own");
        assertThat(LocalSql.hint(place, "42501"))
                .isEqualTo("is that a file? The server's account has to be able to read all of its own. If not, is"
                        + " \"postgres\" a superuser still? The agent's role has to be one");
        assertThat(LocalSql.hint(place, "28000")).isEqualTo(WayIn.into(place).question());
    }

    @Test
    void serverThatCannotBeEnteredAsksForTheWayIn(@TempDir Path temp) {
        InstancePlace place = new InstancePlace(
                "t5", "pg4", 15, Optional.empty(), DATA, Optional.empty(), Optional.empty(), 1924, "postgres");

        assertThatThrownBy(() -> LocalSql.open(place, temp.resolve(".s.PGSQL.1924"), Duration.ofSeconds(1), ""))
                .isInstanceOfSatisfying(OperationFailed.class, failed -> {
                    assertThat(failed.problem().code()).isEqualTo("POSTGRES-006");
                    assertThat(failed.problem().hint())
                            .isEqualTo(WayIn.into(place).question());
                });
    }
}
