package io.pgherder.agent.configfile;

import java.util.regex.Pattern;

/** pg_ident.conf: where the agent's account has another name than the superuser, one line says that it may become the superuser. */
public final class IdentFile {
    /** The name of the map by which the agent becomes the superuser. */
    public static final String MAP = "pgherder";

    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");
    private static final Pattern OURS = Pattern.compile("\\s*" + MAP + "\\s.*");

    private IdentFile() {}

    /** The text with exactly our line for our map, or none if the account is the superuser; all other lines stay. */
    public static String withMapping(String superuser, String account, String text) {
        String others = WholeLines.without(line -> OURS.matcher(line).matches(), text);
        return superuser.equals(account) ? others : WholeLines.ended(others) + ownLine(superuser, account) + "\n";
    }

    /** The line by which the account becomes the superuser; nobody needs it where they are named alike. */
    public static String ownLine(String superuser, String account) {
        return MAP + " " + quoted(account) + " " + quoted(superuser);
    }

    /** A name as pg_hba.conf and pg_ident.conf take it; in quotes it is never a keyword, a pattern or a list. */
    static String quoted(String name) {
        boolean plain = PLAIN.matcher(name).matches() && !name.equals("all") && !name.equals("replication");
        return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
