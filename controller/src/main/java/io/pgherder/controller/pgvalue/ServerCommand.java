package io.pgherder.controller.pgvalue;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command that a server hands to a shell, the value of {@code archive_command} and its like. What its words mean only the programs know,
 * and a word may be a password; but for a few forms of programs that everybody uses, none of whose words can be one.
 */
final class ServerCommand {
    /** Also those of extensions: basebackup_to_shell.command, pgsodium.getkey_script. */
    private static final Pattern SETTING = Pattern.compile("(?i)(.*[._])?(command|script)");

    private static final String PATH_CHARACTERS = "[A-Za-z0-9_./%+-]+";

    /** In quotes or without. An option is none. */
    private static final String PATH =
            "(?!-)" + PATH_CHARACTERS + "|\"(?!-)" + PATH_CHARACTERS + "\"|'(?!-)" + PATH_CHARACTERS + "'";

    private static final String DIRECTORY = "(/[A-Za-z0-9_./+-]*/)?";

    private static final List<Pattern> HARMLESS = List.of(
            harmless("true"),
            harmless("test( !)? -[ef] PATH"),
            harmless("(cp|mv)( -[finpv]+)* PATH PATH"),
            harmless("pg_archivecleanup( -d)? PATH PATH"),
            harmless("pgbackrest( --(stanza|config|process-max|log-level-(console|file|stderr))=[A-Za-z0-9_./-]+)*"
                    + " archive-(push PATH|get PATH PATH)"),
            harmless("(envdir PATH DIRwal-g|wal-g)( --config[ =]PATH)? wal-(push PATH|fetch PATH PATH)"));

    /** What it runs: no assignment, and nothing behind it. */
    private static final Pattern PROGRAM = Pattern.compile("\\s*(" + PATH_CHARACTERS + ")(?=\\s|$)");

    private ServerCommand() {}

    private static Pattern harmless(String form) {
        return Pattern.compile(DIRECTORY + form.replace("DIR", DIRECTORY).replace("PATH", "(" + PATH + ")"));
    }

    static boolean isValueOf(String setting) {
        return SETTING.matcher(setting).matches();
    }

    /** Its program, and that there is more: "/opt/push ****". */
    static String told(String command) {
        Matcher program = PROGRAM.matcher(command);
        if (!program.lookingAt()) {
            return Secrets.MASK;
        }
        boolean isAll = command.substring(program.end()).isBlank();
        return program.group(1) + (isAll ? "" : " " + Secrets.MASK);
    }

    /** Whether no word of it can be a secret. */
    static boolean isHarmless(String command) {
        return command.isBlank()
                || List.of(command.strip().split("\\s*&&\\s*", -1)).stream()
                        .map(part -> part.replaceAll("\\s+", " "))
                        .allMatch(part -> HARMLESS.stream()
                                .anyMatch(form -> form.matcher(part).matches()));
    }
}
