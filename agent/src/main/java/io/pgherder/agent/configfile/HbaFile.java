package io.pgherder.agent.configfile;

import java.util.List;
import java.util.stream.Collectors;

/** pg_hba.conf. Its first rule is always the agent's own way in, through the local socket, authenticated by the operating system. */
public final class HbaFile {
    private static final String HEADER = "# managed by pgherder; edits here are overwritten\n";
    private static final String OWN_COMMENT = "# The agent's own way in.";

    private HbaFile() {}

    /** The whole file when it is pgherder's: the agent's own rule, then these. */
    public static String render(String superuser, String account, List<String> rules) {
        rules.forEach(HbaFile::requireOneLine);
        return HEADER
                + OWN_COMMENT + "\n"
                + ownRule(superuser, account) + "\n"
                + rules.stream().map(rule -> rule + "\n").collect(Collectors.joining());
    }

    /** A file that is the user's, with the agent's own rule before all others. */
    public static String withOwnRuleFirst(String superuser, String account, String text) {
        String own = ownRule(superuser, account);
        if (text.lines().filter(HbaFile::isRule).findFirst().filter(own::equals).isPresent()) {
            return text;
        }
        return OWN_COMMENT + "\n" + own + "\n" + text;
    }

    /** Comments and blank lines left out, the agent's own rule included. */
    public static List<String> rules(String text) {
        return text.lines().map(String::strip).filter(HbaFile::isRule).toList();
    }

    /** The rule by which the agent comes in. */
    public static String ownRule(String superuser, String account) {
        String map = superuser.equals(account) ? "" : " map=" + IdentFile.MAP;
        return "local all " + IdentFile.quoted(superuser) + " peer" + map;
    }

    private static void requireOneLine(String rule) {
        if (rule.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
            throw new IllegalArgumentException("a rule is more than one line");
        }
    }

    private static boolean isRule(String line) {
        return !line.isBlank() && !line.strip().startsWith("#");
    }
}
