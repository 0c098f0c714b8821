package io.pgherder.agent.system;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PropertyTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "  two before and after  ",
                "\ta tab",
                "/var/lib/with space/#1",
                "C:\\odd",
                "a\\",
                "two\nlines",
                "a\r\nb",
                "k=v:w",
                "!not a comment",
                "größer",
                "日本",
                "\\u0041"
            })
    void whatIsPutIsReadBack(String value) {
        String text = new PropertyText()
                .put("before", "x")
                .put("name", value)
                .put("after", "y")
                .toString();

        Properties read = PropertyText.parse(text);

        assertThat(read)
                .containsEntry("before", "x")
                .containsEntry("name", value)
                .containsEntry("after", "y")
                .hasSize(3);
    }

    @Test
    void isOneLineForEachNameInOrder() {
        assertThat(new PropertyText().put("verb", "CloneStandby").put("data_dir", "/data/pg 1"))
                .hasToString("verb=CloneStandby\ndata_dir=/data/pg 1\n");
    }
}
