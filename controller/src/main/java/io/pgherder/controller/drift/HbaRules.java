package io.pgherder.controller.drift;

import io.pgherder.controller.observation.InstanceState.ConfigFile;
import io.pgherder.controller.pgvalue.HbaLine;
import io.pgherder.controller.topology.FieldPath;
import io.pgherder.controller.topology.Topology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import static java.util.Objects.requireNonNull;

/**
 * The rules of a pg_hba.conf beside the declared ones; how they are spaced, and quoted to no end, does not matter. The agent's own way in comes first: the superuser's
 * line and nobody else's, with pgherder's user name map where the agent's account has another name.
 *
 * @see <a href="https://www.postgresql.org/docs/15/auth-pg-hba-conf.html">pg_hba.conf</a>
 */
public final class HbaRules {
    private static final String MAP = " map=pgherder";

    /** A name that stands without quotes, and is no keyword. */
    private static final Pattern PLAIN = Pattern.compile("(?!(?:all|replication)$)[a-z_][a-z0-9_]*");

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private static final FieldPath HBA = FieldPath.of("hba");

    private final String own;
    private final Set<String> ownMeanings;
    private final List<Line> declared;
    private final List<Line> found;
    private final int leftOut;

    /**
     * @param own the agent's own rule, without a map
     * @param declared what stands behind it
     * @param found the file's lines without comments
     * @param leftOut how many more lines the file has, which the agent did not tell
     */
    HbaRules(String own, List<String> declared, List<String> found, int leftOut) {
        this.own = requireNonNull(own, "own is null");
        this.ownMeanings = Set.of(Line.of(own).meaning(), Line.of(own + MAP).meaning());
        this.declared = declared.stream().map(Line::of).toList();
        this.found = found.stream().map(Line::of).toList();
        this.leftOut = leftOut;
    }

    /** Where the topology declares hba. */
    public static Optional<HbaRules> of(Topology topology, ConfigFile file) {
        String own = own(topology.postgres().superuser());
        return topology.hba().map(declared -> new HbaRules(own, declared, file.lines(), file.linesLeftOut()));
    }

    /** Whether the line is by which an agent gets in, as this superuser and as nobody else, with its map or without. */
    public static boolean isOwn(String line, String superuser) {
        String meaning = Line.of(line).meaning();
        return meaning.equals(Line.of(own(superuser)).meaning())
                || meaning.equals(Line.of(own(superuser) + MAP).meaning());
    }

    private static String own(String superuser) {
        return "local all " + quoted(superuser) + " peer";
    }

    /** As the agent writes it. */
    private static String quoted(String name) {
        return PLAIN.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A line, evenly spaced, and what it means. */
    private record Line(String text, String meaning) {
        static Line of(String line) {
            String spaced = BLANKS.matcher(line.strip()).replaceAll(" ");
            return new Line(spaced, new HbaLine(spaced).meaning());
        }
    }

    /**
     * A declared rule.
     *
     * @param number from 1 on, behind the agent's own
     */
    public record Rule(int number, String line) {
        public Rule {
            requireNonNull(line, "line is null");
        }

        public FieldPath path() {
            return HBA.child(number);
        }
    }

    /** Two rules at one place. */
    public record Exchanged(Rule declared, String instead) {
        public Exchanged {
            requireNonNull(declared, "declared is null");
            requireNonNull(instead, "instead is null");
        }
    }

    /** The agent's own rule, without a map. */
    public String own() {
        return own;
    }

    /** How many lines of the file the agent did not tell: what they say is not known. */
    public int leftOut() {
        return leftOut;
    }

    /** How many lines of the file are compared. */
    public int told() {
        return found.size();
    }

    /** Whether the file says what is declared behind the agent's own rule, and nothing else, in that order. */
    public boolean agree() {
        return beginsWithOwn() && leftOut == 0 && meanings(behindOwn()).equals(meanings(declared));
    }

    private static List<String> meanings(List<Line> lines) {
        return lines.stream().map(Line::meaning).toList();
    }

    /** Whether the agent's own rule comes first. */
    public boolean beginsWithOwn() {
        return !found.isEmpty() && isOwn(found.get(0));
    }

    /** Whether it stands anywhere. */
    public boolean haveOwn() {
        return found.stream().anyMatch(this::isOwn);
    }

    private boolean isOwn(Line line) {
        return ownMeanings.contains(line.meaning());
    }

    private List<Line> behindOwn() {
        return beginsWithOwn() ? found.subList(1, found.size()) : found;
    }

    /** Declared ones that the file does not have, or not as often. */
    public List<Rule> missing() {
        return declared(false);
    }

    /** Rules of the file that are not declared, or not as often. */
    public List<String> extra() {
        return found(false).stream().map(Line::text).toList();
    }

    /** Where the order differs first, of the rules that both have. */
    public Optional<Exchanged> firstOutOfOrder() {
        List<Rule> wanted = declared(true);
        List<Line> there = found(true);
        for (int index = 0; index < wanted.size(); index++) {
            Rule rule = wanted.get(index);
            if (!declared.get(rule.number() - 1)
                    .meaning()
                    .equals(there.get(index).meaning())) {
                return Optional.of(new Exchanged(rule, there.get(index).text()));
            }
        }
        return Optional.empty();
    }

    /** Those that the file has too, or those that it has not; as often as they are there. */
    private List<Rule> declared(boolean inFile) {
        Map<String, Integer> left = counts(behindOwn());
        return IntStream.range(0, declared.size())
                .filter(index -> take(declared.get(index), left) == inFile)
                .mapToObj(index -> new Rule(index + 1, declared.get(index).text()))
                .toList();
    }

    /** The same, of the lines of the file. */
    private List<Line> found(boolean isDeclared) {
        Map<String, Integer> left = counts(declared);
        return behindOwn().stream()
                .filter(line -> take(line, left) == isDeclared)
                .toList();
    }

    /** Whether there is one left. */
    private static boolean take(Line line, Map<String, Integer> left) {
        return left.merge(line.meaning(), -1, Integer::sum) >= 0;
    }

    private static Map<String, Integer> counts(List<Line> lines) {
        Map<String, Integer> counts = new HashMap<>();
        lines.forEach(line -> counts.merge(line.meaning(), 1, Integer::sum));
        return counts;
    }
}
