package io.pgherder.controller.importing;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import static org.assertj.core.api.Assertions.assertThat;

class YamlTest {
    /** What a reader of YAML takes for the end of a line, and what steers a terminal. */
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\u0085", "\u2028", "\u2029", "\u009b", "\ufeff"})
    void whatComesFromAHostDoesNotEndItsComment(String end) {
        String text = new Yaml().comment(0, "role a" + end + "primary: b").toString();

        assertThat(text).isEqualTo("# role a?primary: b\n");
        Map<?, ?> read = new org.yaml.snakeyaml.Yaml(new SafeConstructor(new LoaderOptions())).loadAs(text, Map.class);
        assertThat(read).isNull();
    }
}
