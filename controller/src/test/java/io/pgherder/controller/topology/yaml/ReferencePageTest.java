package io.pgherder.controller.topology.yaml;

import io.pgherder.controller.topology.yaml.draft.Key;
import io.pgherder.controller.topology.yaml.draft.TopologyKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The reference in docs/topology.md is the reader's own table of keys.
 *
 * <p>{@code mvn test -pl controller -am -Dtest=ReferencePageTest -Dsurefire.failIfNoSpecifiedTests=false -Dpgherder.docs.write=true}
 * writes it anew.
 */
class ReferencePageTest {
    private static final String BEGIN = "<!-- The table is made from the reader's keys by ReferencePageTest. -->\n";
    private static final String END = "<!-- end of the table -->\n";

    @Test
    void referencePageListsTheKeysOfTheReader() throws IOException {
        Path page = Documents.at("docs/topology.md");
        String now = Documents.read(page);
        String wanted = now.substring(0, now.indexOf(BEGIN)) + BEGIN + table() + now.substring(now.indexOf(END));

        if (Boolean.getBoolean("pgherder.docs.write")) {
            Files.writeString(page, wanted);
        } else {
            assertThat(now)
                    .as("docs/topology.md is stale; see the comment of this test")
                    .isEqualTo(wanted);
        }
    }

    private static String table() {
        StringBuilder table = new StringBuilder("\n| key | value | without it | meaning |\n|---|---|---|---|\n");
        for (Key key : TopologyKeys.ALL) {
            table.append("| `%s` | %s | %s | %s |\n"
                    .formatted(
                            key.path().replace("*", "NAME"),
                            value(key).replace("|", "\\|"),
                            key.required() ? "**required**" : key.byDefault(),
                            key.meaning()));
        }
        return table.append('\n').toString();
    }

    private static String value(Key key) {
        String words = String.join(
                " or ", key.words().stream().map(word -> "`" + word + "`").toList());
        if (key.kind() == Key.Kind.NUMBER) {
            return key.least() == Integer.MIN_VALUE ? "number" : key.least() + " to " + key.most();
        }
        String kind = switch (key.kind()) {
            case SECTION -> "map";
            case NAMES -> "map of names";
            case SECRET -> "map with `file` or `env`";
            case LIST -> "list";
            case TEXT ->
                key.format()
                        .map(format -> format.noun().replaceFirst("^an? |^the ", ""))
                        .orElse("text");
            case FLAG -> "true or false";
            case NUMBER -> throw new AssertionError("a number");
        };
        return words.isEmpty() ? kind : key.kind() == Key.Kind.TEXT ? words : kind + ", or " + words;
    }
}
