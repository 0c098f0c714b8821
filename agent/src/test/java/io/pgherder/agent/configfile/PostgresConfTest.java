package io.pgherder.agent.configfile;

import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class PostgresConfTest {
    private static final String WITH_INCLUDE = """
            # my file
            work_mem = 8MB

            # What pgherder manages; being last, it wins over everything above.
            include 'pgherder.conf'
            """;

    @Test
    void includeIsAppendedAndEveryLineOfTheUserKept() {
        assertThat(PostgresConf.withIncludeLast("# my file\nwork_mem = 8MB\n\n"))
                .isEqualTo(WITH_INCLUDE);
    }

    @Test
    void linesThatEndOtherwiseStayAsTheyAre() {
        String text = """
                # mine^
                include 'pgherder.conf' # here^
                work_mem = 8MB^
                port^= 7
                fsync = on""".replace('^', '\r');

        assertThat(PostgresConf.withIncludeLast(text)).isEqualTo("""
                # mine^
                work_mem = 8MB^
                port^= 7
                fsync = on
                # What pgherder manages; being last, it wins over everything above.
                include 'pgherder.conf'
                """.replace('^', '\r'));
    }

    @Test
    void soDoThoseOfTheFilesBesideIt() {
        assertThat(IdentFile.withMapping("postgres", "pgagent", "dba alice postgres\r\npgherder x y\r\n# end"))
                .isEqualTo("dba alice postgres\r\n# end\npgherder pgagent postgres\n");
        assertThat(AutoConf.without(Set.of("port"), "work_mem = '8MB'\r\nport = 7\r\n"))
                .isEqualTo("work_mem = '8MB'\r\n");
    }

    @Test
    void fileThatIncludesItLastStaysAsItIs() {
        assertThat(PostgresConf.withIncludeLast(WITH_INCLUDE)).isEqualTo(WITH_INCLUDE);
        assertThat(PostgresConf.withIncludeLast("include 'pgherder.conf' # mine\n# end\n"))
                .isEqualTo("include 'pgherder.conf' # mine\n# end\n");
    }

    @Test
    void linesThatTheUserAddedBehindComeBeforeItAgain() {
        assertThat(PostgresConf.withIncludeLast(WITH_INCLUDE + "port = 7\n")).isEqualTo("""
                        # my file
                        work_mem = 8MB

                        port = 7
                        # What pgherder manages; being last, it wins over everything above.
                        include 'pgherder.conf'
                        """);
    }

    @Test
    void includedTwiceBecomesOnce() {
        String twice = "include_if_exists = 'pgherder.conf'\nport = 7\ninclude 'pgherder.conf'\n";

        assertThat(PostgresConf.isIncludeLast(twice)).isFalse();
        assertThat(PostgresConf.isIncludeLast(PostgresConf.withIncludeLast(twice)))
                .isTrue();
    }

    @Test
    void commentedIncludeCountsForNothing() {
        assertThat(PostgresConf.isIncludeLast("port = 1\n#include 'pgherder.conf'\n"))
                .isFalse();
    }
}
