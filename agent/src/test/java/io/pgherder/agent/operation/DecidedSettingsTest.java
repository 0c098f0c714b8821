package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What pgherder.conf holds whatever is declared. */
final class DecidedSettingsTest {
    @TempDir
    Path temp;

    /** But for the directory of sockets, which may be declared. */
    @Test
    void theyAreThoseOfAStandbyForWhichNothingIsDeclared() {
        OperationFixture fixture = new OperationFixture(temp);
        InstancePlace place = fixture.place("pg1922", 1922);
        NodeConfiguration standby =
                new NodeConfiguration(Map.of(), "", Optional.of(OperationFixture.upstream("pg1922")), Optional.empty());

        Set<String> names = new TreeSet<>(
                fixture.host.configuration(place).settingsFor(standby).values().keySet());

        assertThat(names.remove("unix_socket_directories")).isTrue();
        assertThat(names).isEqualTo(new TreeSet<>(ConfigurationFiles.DECIDED));
    }
}
