package io.pgherder.agent.configfile;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * postgresql.auto.conf, the file of ALTER SYSTEM, which wins over every other. A copy brings the source's along: what it says about
 * settings that pgherder decides for the copy must go before the first start.
 */
public final class AutoConf {
    public static final String FILE = "postgresql.auto.conf";

    private AutoConf() {}

    /**
     * A line that sets something.
     *
     * @param number from 1
     */
    public record Line(int number, String name, String value) {}

    /** In the file's order; of two for one name the later one counts. */
    public static List<Line> lines(String text) {
        List<String> lines = text.lines().toList();
        return IntStream.range(0, lines.size())
                .boxed()
                .flatMap(index -> ConfLine.parse(lines.get(index)).stream()
                        .map(said -> new Line(index + 1, said.name(), said.value())))
                .toList();
    }

    /** The text without the lines that set one of these names; everything else stays. */
    public static String without(Set<String> names, String text) {
        return WholeLines.without(
                line -> ConfLine.parse(line)
                        .filter(said -> names.stream().anyMatch(said::isCalled))
                        .isPresent(),
                text);
    }
}
