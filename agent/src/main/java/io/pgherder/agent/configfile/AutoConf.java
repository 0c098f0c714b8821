package io.pgherder.agent.configfile;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * postgresql.auto.conf, the file of ALTER SYSTEM, which wins over every other. A copy brings the source's along: what it says about
 * settings that pgherder decides for the copy must go before the first start.
 */
public final class AutoConf {
    private AutoConf() {}

    /** The text without the lines that set one of these names; everything else stays. */
    public static String without(Set<String> names, String text) {
        return text.lines()
                .filter(line -> ConfLine.parse(line)
                        .filter(said -> names.stream().anyMatch(said::isCalled))
                        .isEmpty())
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
