package io.pgherder.controller.pgvalue;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static java.util.Objects.requireNonNull;

/**
 * A line of pg_hba.conf. Some options behind the method are secrets, ldapbindpasswd and radiussecrets among them: the line is compared with
 * them, and told without.
 *
 * @see <a href="https://www.postgresql.org/docs/15/auth-pg-hba-conf.html">pg_hba.conf</a>
 */
public record HbaLine(String text) {
    private static final String MASK = "****";

    /** Quotes protect what they enclose, and one that is open reaches to the end; blanks behind a comma separate nothing. */
    private static final Pattern FIELD = Pattern.compile("(?:\"[^\"]*+(?:\"|$)|,\\s*+|[^\\s\",])++");

    /** An option that is given one. In doubt it is a secret. */
    private static final Pattern SECRET =
            Pattern.compile("(?is)(\"?)(\\w*(?:secret|passphrase|password|passwd|token|api_?key)\\w*=).*");

    /** One that PostgreSQL has; what stands before a sign of equality behind a secret may be a piece of that. */
    private static final Pattern OPTION = Pattern.compile(
            "(?s)\"?(?:ldap\\w+|radius\\w+|pam\\w+|client(?:cert|name)|(?:include|krb|compat)_realm|upn_username|map|issuer|scope"
                    + "|validator|delegate_ident_mapping)=.*");

    /** ldap://user:password@host. */
    private static final Pattern IN_A_URI = Pattern.compile("(://[^/\\s:@]*+:)[^/\\s]+@");

    /** One of a list, the comma behind it, or the comment; a quote within quotes is doubled. */
    private static final Pattern WORD = Pattern.compile("(?:\"(?:[^\"]|\"\")*+(?:\"|$)|[^\\s\",#])++|,|#.*");

    private static final Pattern DOUBLED = Pattern.compile("(?<=[^\"])\"\"(?=.)");

    /** What is a name in quotes only. */
    private static final Pattern SPECIAL =
            Pattern.compile("(?s)all|replication|samegroup|samehost|samenet|samerole|sameuser|,|[+@].*");

    public HbaLine {
        requireNonNull(text, "text is null");
    }

    /** As it may be shown. Where a secret has a blank and no quotes, what follows the blank belongs to it. */
    public String told() {
        Telling telling = new Telling();
        return FIELD.matcher(text).replaceAll(field -> Matcher.quoteReplacement(telling.next(field.group())));
    }

    /** One field after the other. */
    private static final class Telling {
        private boolean isBehindSecret;
        private boolean isComment;

        String next(String field) {
            isComment |= field.startsWith("#");
            boolean isPiece =
                    isBehindSecret && !isComment && !OPTION.matcher(field).matches();
            isBehindSecret |= SECRET.matcher(field).matches();
            return isPiece ? MASK : told(field);
        }
    }

    /**
     * The same for lines that mean the same: blanks, a comment at the end, and quotes count only where they say something. Quotes make a name of
     * a keyword, and of what begins with "+" or "@".
     */
    public String meaning() {
        return WORD.matcher(text)
                .results()
                .map(MatchResult::group)
                .takeWhile(word -> !word.startsWith("#"))
                .map(HbaLine::meaning)
                .collect(Collectors.joining("\n"));
    }

    private static String meaning(String word) {
        String said =
                DOUBLED.splitAsStream(word).map(part -> part.replace("\"", "")).collect(Collectors.joining("\""));
        boolean isName = word.startsWith("\"") && SPECIAL.matcher(said).matches();
        return isName ? "\"" + said : said;
    }

    private static String told(String field) {
        Matcher secret = SECRET.matcher(field);
        return secret.matches()
                ? secret.group(1) + secret.group(2) + MASK + secret.group(1)
                : IN_A_URI.matcher(field).replaceAll("$1" + MASK + "@");
    }
}
