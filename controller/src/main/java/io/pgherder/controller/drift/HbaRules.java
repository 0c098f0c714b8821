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
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static java.util.Objects.requireNonNull;

/**
 * The rules of a pg_hba.conf beside the declared ones; how they are spaced, and quoted to no end, does not matter. The agent's own way in comes first: the superuser's
 * line and nobody else's, with pgherder's user name map where the agent's account has another name.
 *
 * @see <a href="https://www.postgresql.org/docs/15/auth-pg-hba-conf.html">pg_hba.conf</a>
 * @param own the agent's own rule, without a map
 * @param declared what stands behind it
 * @param found the file's lines without comments
 * @param leftOut how many more lines the file has, which the agent did not tell
 */
public record HbaRules(String own, List<String> declared, List<String> found, int leftOut) {
    private static final String MAP = " map=pgherder";

    /** A name that stands without quotes, and is no keyword. */
    private static final Pattern PLAIN = Pattern.compile("(?!(?:all|replication)$)[a-z_][a-z0-9_]*");

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private static final FieldPath HBA = FieldPath.of("hba");

    public HbaRules {
        requireNonNull(own, "own is null");
        declared = declared.stream().map(HbaRules::spaced).toList();
        found = found.stream().map(HbaRules::spaced).toList();
    }

    /** Where the topology declares hba. */
    public static Optional<HbaRules> of(Topology topology, ConfigFile file) {
        String own = "local all " + quoted(topology.postgres().superuser()) + " peer";
        return topology.hba().map(declared -> new HbaRules(own, declared, file.lines(), file.linesLeftOut()));
    }

    /** As the agent writes it. */
    private static String quoted(String name) {
        return PLAIN.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String spaced(String line) {
        return BLANKS.matcher(line.strip()).replaceAll(" ");
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

    public boolean agree() {
        return beginsWithOwn() && leftOut == 0 && meanings(behindOwn()).equals(meanings(declared));
    }

    public boolean beginsWithOwn() {
        return !found.isEmpty() && isOwn(found.get(0));
    }

    /** Whether it stands anywhere. */
    public boolean haveOwn() {
        return found.stream().anyMatch(this::isOwn);
    }

    private boolean isOwn(String line) {
        String meaning = meaning(line);
        return meaning.equals(meaning(own)) || meaning.equals(meaning(own + MAP));
    }

    private List<String> behindOwn() {
        return beginsWithOwn() ? found.subList(1, found.size()) : found;
    }

    /** Declared ones that the file does not have, or not as often. */
    public List<Rule> missing() {
        return declared(false);
    }

    /** Rules of the file that are not declared, or not as often. */
    public List<String> extra() {
        return found(false);
    }

    /** Of those that are missing, and of the file's that are not declared: what both say, with secrets that differ. */
    public Set<String> butForSecrets() {
        Set<String> both = missing().stream().map(rule -> told(rule.line())).collect(Collectors.toSet());
        both.retainAll(extra().stream().map(HbaRules::told).collect(Collectors.toSet()));
        return both;
    }

    private static String told(String line) {
        return new HbaLine(line).told();
    }

    /** Where the order differs first, of the rules that both have. */
    public Optional<Exchanged> firstOutOfOrder() {
        List<Rule> wanted = declared(true);
        List<String> there = found(true);
        for (int index = 0; index < wanted.size(); index++) {
            if (!meaning(wanted.get(index).line()).equals(meaning(there.get(index)))) {
                return Optional.of(new Exchanged(wanted.get(index), there.get(index)));
            }
        }
        return Optional.empty();
    }

    /** Those that the file has too, or those that it has not; as often as they are there. */
    private List<Rule> declared(boolean inFile) {
        Map<String, Integer> left = counts(behindOwn());
        return IntStream.range(0, declared.size())
                .mapToObj(index -> new Rule(index + 1, declared.get(index)))
                .filter(rule -> take(rule.line(), left) == inFile)
                .toList();
    }

    /** The same, of the lines of the file. */
    private List<String> found(boolean isDeclared) {
        Map<String, Integer> left = counts(declared);
        return behindOwn().stream()
                .filter(line -> take(line, left) == isDeclared)
                .toList();
    }

    private static List<String> meanings(List<String> lines) {
        return lines.stream().map(HbaRules::meaning).toList();
    }

    private static String meaning(String line) {
        return new HbaLine(line).meaning();
    }

    /** Whether there is one left. */
    private static boolean take(String line, Map<String, Integer> left) {
        return left.merge(meaning(line), -1, Integer::sum) >= 0;
    }

    private static Map<String, Integer> counts(List<String> lines) {
        Map<String, Integer> counts = new HashMap<>();
        lines.forEach(line -> counts.merge(meaning(line), 1, Integer::sum));
        return counts;
    }
}
