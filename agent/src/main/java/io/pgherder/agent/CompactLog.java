package io.pgherder.agent;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The agent's log: one line an event on stderr, {@code 2026-11-23 00:51:01.123 INFO  listening on 10.0.1.11:7432}. */
final class CompactLog extends Formatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    private static final List<String> LIBRARIES = List.of("io.grpc", "io.netty");

    private final boolean tracesOfLibraries;

    /** @param tracesOfLibraries whether what gRPC and Netty complain of comes with its trace, of interest to whoever looks for a defect */
    CompactLog(boolean tracesOfLibraries) {
        this.tracesOfLibraries = tracesOfLibraries;
    }

    /** To be called before anything logs. */
    static void keepUntilTheEnd() {
        System.setProperty("java.util.logging.manager", LogUntilTheEnd.class.getName());
    }

    static void install(Level level) {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        ConsoleHandler handler = new ConsoleHandler();
        handler.setLevel(level);
        handler.setFormatter(new CompactLog(level.intValue() < Level.INFO.intValue()));
        root.addHandler(handler);
        root.setLevel(level);
        // Libraries speak at their own level only when something is wrong: a port scan must not fill the log with
        // handshake traces.
        LIBRARIES.forEach(library -> Logger.getLogger(library).setLevel(Level.WARNING));
        Logger.getLogger("org.postgresql").setLevel(Level.OFF);
    }

    @Override
    public String format(LogRecord event) {
        StringBuilder line = new StringBuilder(TIME.format(event.getInstant()))
                .append(' ')
                .append(String.format("%-5s", word(event.getLevel())))
                .append(' ')
                .append(oneLine(formatMessage(event)));
        boolean inOneLine = event.getThrown() != null && isOfALibrary(event) && !tracesOfLibraries;
        if (inOneLine) {
            line.append(": ").append(oneLine(reason(event.getThrown())));
        }
        line.append(System.lineSeparator());
        if (event.getThrown() != null && !inOneLine) {
            StringWriter trace = new StringWriter();
            event.getThrown().printStackTrace(new PrintWriter(trace, true));
            line.append(trace);
        }
        return line.toString();
    }

    /** They complain of a controller that was killed, or of a port scan, as if it were a defect. */
    private static boolean isOfALibrary(LogRecord event) {
        String logger = String.valueOf(event.getLoggerName());
        return LIBRARIES.stream().anyMatch(library -> logger.startsWith(library + "."));
    }

    private static String reason(Throwable thrown) {
        return thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\R", " ");
    }

    private static String word(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "WARN";
        }
        return level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }
}
