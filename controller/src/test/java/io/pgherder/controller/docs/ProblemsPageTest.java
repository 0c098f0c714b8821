package io.pgherder.controller.docs;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** docs/problems.md explains every code that controller and agents know, in the words that stand beside the code in the source. */
class ProblemsPageTest {
    private static final Pattern CODES = Pattern.compile("enum (\\w+) implements (?:Agent)?ProblemCode");
    private static final Pattern TITLE =
            Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+\\s*)*(?:public )?enum ", Pattern.DOTALL);
    private static final Pattern CODE =
            Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*[A-Z0-9_]+\\(\\s*\"([A-Z]+-[0-9]{3})\"", Pattern.DOTALL);
    private static final Pattern CONSTANT = Pattern.compile("^ {4}[A-Z][A-Z0-9_]+\\(", Pattern.MULTILINE);

    private static final String INTRODUCTION = """
            # Problems

            Every error has a stable code, a summary, the facts with their values, and a hint:

            ```
            Error: node "pg4" follows an unknown node "pg9"  [TOPOLOGY-015]

              orders.yaml:21:42  nodes.pg4.follows
                 |
              21 |   pg4: { host: db2, port: 1924, follows: pg9 }
                 |                                          ^
              Hint: did you mean "pg2"?
            ```

            The code is for searching: this page says what each one means. The hint, which knows the values, says what to do next. With `-o json` the same
            problem is an object with `code`, `summary`, `details`, `hint` and, where there is one, its place in the file.

            """;

    @Test
    void everyCodeIsExplained() {
        Map<String, String> sections = new TreeMap<>();
        for (Path source : enums()) {
            addSections(Documentation.read(source), sections);
        }
        assertThat(sections).hasSizeGreaterThan(10);
        Documentation.assertUpToDate("docs/problems.md", INTRODUCTION + String.join("\n", sections.values()));
    }

    private static List<Path> enums() {
        return Stream.of("agent/src/main/java", "controller/src/main/java")
                .flatMap(root -> Documentation.below(root, "Problem.java").stream())
                .filter(source -> CODES.matcher(Documentation.read(source)).find())
                .toList();
    }

    /** One section for each word before the hyphen; an enum may have several. */
    private static void addSections(String source, Map<String, String> sections) {
        Matcher title = TITLE.matcher(source);
        assertThat(title.find()).as("an enum of codes says what they are about").isTrue();
        Matcher code = CODE.matcher(source);
        int explained = 0;
        while (code.find()) {
            explained++;
            String id = code.group(2);
            String word = id.substring(0, id.indexOf('-'));
            String heading = "## " + word + "\n\n" + prose(title.group(1)) + "\n\n| code | means |\n|---|---|\n";
            sections.merge(
                    word,
                    heading + row(id, code.group(1)),
                    (written, added) -> written + added.substring(heading.length()));
        }
        assertThat((long) explained)
                .as("every code has its sentence")
                .isEqualTo(CONSTANT.matcher(source).results().count());
    }

    private static String row(String id, String javadoc) {
        return "| `" + id + "` | " + prose(javadoc).replace("|", "\\|") + " |\n";
    }

    private static String prose(String javadoc) {
        return javadoc.replaceAll("\\s*\\n\\s*\\* ?", " ")
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("\\{@link ([^}]*)}", "`$1`")
                .strip();
    }
}
