package io.pgherder.controller.topology.yaml;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What docs/topology.md shows is what happens. */
class DocumentedFileTest {
    private static final String PAGE = Documents.read(Documents.at("docs/topology.md"));

    @TempDir
    private Path directory;

    @Test
    void exampleOfThePageIsSound() {
        assertThat(documented(block("yaml")).read().topology().nodes()).hasSize(4);
    }

    @Test
    void errorOfThePageIsWhatAPersonSees() {
        String spoilt = block("yaml").replace("follows: pg1922 }", "follows: pg1292 }");

        assertThat(documented(spoilt).refusal()).isEqualTo(block("text"));
    }

    private OrdersFile documented(String text) {
        return new OrdersFile(directory).instead(text.replace("secrets/rep", "rep"));
    }

    /** The first fenced block of this kind. */
    private static String block(String kind) {
        Matcher block = Pattern.compile("(?ms)^```" + kind + "\\n(.*?)^```$").matcher(PAGE);
        assertThat(block.find()).isTrue();
        return block.group(1);
    }
}
