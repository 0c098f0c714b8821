package io.pgherder.agent.configfile;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What PostgreSQL takes for a line, and for which name and value: a test with a server compares the same lines. */
class ConfLineTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            work_mem = 8MB                        | work_mem         | 8MB
            `\tWork_Mem=\t'8MB' # ours`           | Work_Mem         | 8MB
            recovery_target'immediate'            | recovery_target  | immediate
            include'site.conf'                    | include          | site.conf
            a.b1+5                                | a.b1             | +5
            a.b2 -5                               | a.b2             | -5
            a.b3 = 0x1F                           | a.b3             | 0x1F
            a.b4 = .5e-3                          | a.b4             | .5e-3
            a.b5 = word#comment                   | a.b5             | word
            a.b6 = tmp/x:y-z.conf                 | a.b6             | tmp/x:y-z.conf
            a.b7 = b.c.d                          | a.b7             | b.c.d
            a.b8 = ''                             | a.b8             | ``
            a.b9 = 'it''s a \\'b\\' \\\\ \\101\\60' | a.b9           | it's a 'b' \\ A0
            Ä.ö = ü                               | Ä.ö              | ü
            a.c1 = '\\303\\251\\703'            | a.c1             | é\uDCC3
            a.c2 = 'a\\0b'                       | a.c2             | a
            """)
    void lineThatSetsSomething(String line, String name, String value) {
        assertThat(ConfLine.parse(line)).contains(new ConfLine(name, value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# work_mem = 8MB",
                "work_mem",
                "work_mem =",
                "work_mem == 8MB",
                "work_mem = 8MB 9MB",
                "work_mem = 1.5GB",
                "work_mem = 8MB'x'",
                "work_mem = 'x'y",
                "work_mem = 'open",
                "work_mem = \"8MB\"",
                "work_mem-5",
                "datestyle = iso,mdy",
                "log_directory = /tmp/x",
                "a.b1 = b.c",
                "a.b2 = 5e3",
                "a.b3 = 5-",
                "a.b4 = @x",
                "a.b5 =\f1",
                "a$b = 1",
                "a.b.c = 1",
                "1a = 1",
            })
    void lineThatSetsNothing(String line) {
        assertThat(ConfLine.parse(line)).isEmpty();
    }

    @Test
    void whatIsWrittenIsRead() {
        ConfLine line = new ConfLine("a.b", "it's a \\ # 'b'");

        assertThat(ConfLine.parse(line.toString())).isEqualTo(Optional.of(line));
    }
}
