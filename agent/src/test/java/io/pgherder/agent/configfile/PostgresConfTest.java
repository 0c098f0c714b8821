package io.pgherder.agent.configfile;

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
