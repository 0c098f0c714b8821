package io.pgherder.agent.configfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class ManagedSettingsTest {
    @Test
    void linesAreSortedAndValuesQuoted() {
        ManagedSettings settings = ManagedSettings.of(
                "orders",
                Map.of("port", "1921", "archive_command", "cp %p 'C:\\wal\\%f'", "synchronous_standby_names", ""));

        assertThat(settings.render()).isEqualTo("""
                        # managed by pgherder for cluster orders; edits here are overwritten
                        archive_command = 'cp %p ''C:\\\\wal\\\\%f'''
                        port = '1921'
                        synchronous_standby_names = ''
                        """);
    }

    @Test
    void whatWasRenderedIsReadBackTheSame() {
        ManagedSettings settings = ManagedSettings.of(
                "orders", Map.of("a", "it's", "b", "back\\slash", "c", "", "d", "# no comment", "e", "x = y"));

        assertThat(ManagedSettings.parse(settings.render())).isEqualTo(settings);
    }

    @Test
    void aFileOfBeforeDoesNotSayWhichClusterItIsFor() {
        ManagedSettings settings =
                ManagedSettings.parse("# managed by pgherder; edits here are overwritten\nport = '1921'\n");

        assertThat(settings.cluster()).isEmpty();
        assertThat(settings.lines()).containsExactly("port = '1921'");
        assertThat(settings.render()).isEqualTo("# managed by pgherder; edits here are overwritten\nport = '1921'\n");
    }

    @Test
    void whichClusterItIsForStaysWhenSettingsChange() {
        assertThat(ManagedSettings.of("orders", Map.of("port", "1921"))
                        .with(Map.of("port", "1922"))
                        .render())
                .isEqualTo("""
                        # managed by pgherder for cluster orders; edits here are overwritten
                        port = '1922'
                        """);
    }

    @Test
    void aClusterWhoseNameWouldBeALineOfItsOwnIsRefused() {
        Map<String, String> values = Map.of();

        assertThatThrownBy(() -> ManagedSettings.of("orders\nfsync = off", values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the name of the cluster is more than one line");
    }

    @Test
    void everyWayOfWritingALineIsRead() {
        ManagedSettings settings = ManagedSettings.parse("""
                # comment
                Work_Mem 4MB   # behind
                port=1921
                search_path = '"$user", public'
                port = 1922
                """);

        assertThat(settings.lines())
                .containsExactly("port = '1922'", "search_path = '\"$user\", public'", "Work_Mem = '4MB'");
    }

    @Test
    void namesKeepTheirSpellingAndAreTheSameHoweverTheyAreSpelled() {
        ManagedSettings settings = ManagedSettings.parse("TimeZone = 'UTC'\nport = '1921'\n");

        assertThat(settings.value("timezone")).contains("UTC");
        assertThat(settings.with(Map.of("Port", "1922")).lines()).containsExactly("port = '1922'", "TimeZone = 'UTC'");
        assertThat(AutoConf.without(settings.values().keySet(), "timezone = 'CET'\nwork_mem = '4MB'\n"))
                .isEqualTo("work_mem = '4MB'\n");
    }

    @Test
    void veryLongValueIsReadOnASmallStack() throws InterruptedException {
        String value = "it's ".repeat(20_000);
        String text =
                ManagedSettings.of("orders", Map.of("restore_command", value)).render();
        List<ManagedSettings> read = new ArrayList<>();

        Thread reader = new Thread(null, () -> read.add(ManagedSettings.parse(text)), "reader", 256 * 1024);
        reader.start();
        reader.join();

        assertThat(read).containsExactly(ManagedSettings.of("orders", Map.of("restore_command", value)));
    }

    @Test
    void aValueOfTwoLinesIsOneLineOfTheFile() {
        ManagedSettings settings = ManagedSettings.of("orders", Map.of("a", "1\r\nport = 2"));

        assertThat(settings.lines()).containsExactly("a = '1\\r\\nport = 2'");
        assertThat(ManagedSettings.parse(settings.render())).isEqualTo(settings);
    }

    @Test
    void aValueThatNoServerCanHaveIsRefused() {
        Map<String, String> values = Map.of("a", "1\0");

        assertThatThrownBy(() -> ManagedSettings.of("orders", values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the value of a has a character that ends it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"my.ext$x", "x$y", "a.b.c", "a..b", "a.", "1a", "a.1b", "work mem", ""})
    void aNameThatVoidsTheWholeFileIsRefusedAndNotRead(String name) {
        Map<String, String> values = Map.of(name, "1");

        assertThatThrownBy(() -> ManagedSettings.of("orders", values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not the name of a setting: " + name);
        assertThat(ManagedSettings.parse(name + " = '1'").values()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"work_mem", "_x", "a1", "pg_stat_statements.max", "my_ext.größe"})
    void aNameThatPostgresqlReads(String name) {
        assertThat(ManagedSettings.parse(name + " = '1'").values())
                .isEqualTo(ManagedSettings.of("orders", Map.of(name, "1")).values());
    }

    @Test
    void otherLinesStayWhenSomeChange() {
        ManagedSettings settings = ManagedSettings.of("orders", Map.of("port", "1921", "primary_conninfo", "host=a"));

        assertThat(settings.with(Map.of("primary_conninfo", "host=b")).lines())
                .containsExactly("port = '1921'", "primary_conninfo = 'host=b'");
    }
}
