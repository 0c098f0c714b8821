package io.pgherder.agent.configfile;

import java.util.Optional;
import java.util.function.Consumer;

/** postgresql.conf, which is the user's: pgherder adds one line at its end and leaves the rest alone. */
public final class PostgresConf {
    private static final String COMMENT = "# What pgherder manages; being last, it wins over everything above.";
    private static final String INCLUDE = "include '" + ManagedSettings.FILE + "'";

    private PostgresConf() {}

    /** The text with pgherder.conf included exactly once, as the last line that says anything. */
    public static String withIncludeLast(String text) {
        if (isIncludeLast(text)) {
            return text;
        }
        String others = WholeLines.without(line -> line.equals(COMMENT) || includesOurs(line), text);
        return WholeLines.ended(others) + COMMENT + "\n" + INCLUDE + "\n";
    }

    /** Whether pgherder.conf is included exactly once, and last, so that it wins. */
    public static boolean isIncludeLast(String text) {
        LastWord last = new LastWord();
        text.lines().forEach(last);
        return last.isOurs();
    }

    /** The same of a file that is told line by line, and may be too long to be kept. */
    public static final class LastWord implements Consumer<String> {
        private int includes;
        private boolean isLast;

        @Override
        public void accept(String line) {
            if (ConfLine.parse(line).isPresent()) {
                isLast = includesOurs(line);
                includes += isLast ? 1 : 0;
            }
        }

        public boolean isOurs() {
            return isLast && includes == 1;
        }
    }

    private static boolean includesOurs(String line) {
        Optional<ConfLine> said = ConfLine.parse(line);
        return said.isPresent()
                && (said.get().isCalled("include") || said.get().isCalled("include_if_exists"))
                && said.get().value().equals(ManagedSettings.FILE);
    }
}
