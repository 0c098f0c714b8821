package io.pgherder.controller.docs;

import io.pgherder.controller.drift.DriftKind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The table of kinds in docs/commands.md is that of the program. */
class DriftKindsTest {
    @Test
    void everyKindHasItsLineInTheTable() {
        String page = Documentation.page("docs/commands.md");
        String section = page.substring(page.indexOf("\n## drift\n"), page.indexOf("\n## apply\n"));
        List<String> told =
                section.lines().filter(line -> line.startsWith("| `")).toList();

        assertThat(told)
                .containsExactlyElementsOf(Arrays.stream(DriftKind.values())
                        .map(kind -> "| `" + kind.word() + "` | " + kind.description() + " |")
                        .toList());
    }
}
