package io.pgherder.controller.importing;

import io.pgherder.controller.drift.HbaRules;
import io.pgherder.controller.observation.InstanceState.ConfigFile;
import io.pgherder.controller.pgvalue.Secrets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * pg_hba.conf, where all nodes have the same one. Where they differ, or one could not be read, it is left to people.
 *
 * @param lines without the agent's own; empty: it is not declared
 * @param whyNot why it is not declared; empty if it is
 */
record Hba(Optional<List<String>> lines, Optional<String> whyNot) {
    private static final Pattern RULE = Pattern.compile("hba\\.([1-9][0-9]*)");

    static Hba of(Family family, Names names, String superuser) {
        Optional<List<String>> first = Optional.empty();
        for (Member member : family.members()) {
            Optional<ConfigFile> file = member.state().hba().filter(hba -> hba.inUse() && hba.isWhole());
            if (file.isEmpty()) {
                return none("that of " + names.of(member)
                        + " could not be read as a whole, or is not the one beside its" + " postgresql.conf");
            }
            List<String> lines = withoutOwn(file.get().lines(), superuser);
            if (lines.stream().anyMatch(Secrets::isIn)) {
                return none("a rule of " + names.of(member) + " may hold a password or another secret");
            }
            if (first.isPresent() && !first.get().equals(lines)) {
                return none(names.of(family.primary()) + " and " + names.of(member) + " differ in "
                        + difference(first.get(), lines));
            }
            first = first.or(() -> Optional.of(lines));
        }
        return new Hba(first, Optional.empty());
    }

    /** What its reader refuses a rule for, or all of them, with the rule, and whose file it stands in. */
    Hba without(String subject, String why, Family family) {
        String file = family.primary().state().hba().map(ConfigFile::path).orElse("pg_hba.conf");
        Matcher one = RULE.matcher(subject);
        if (!one.matches() || lines.isEmpty()) {
            return none(why);
        }
        int number = Integer.parseInt(one.group(1));
        return none(file + ", rule " + number + " behind the agent's own, \""
                + lines.get().get(number - 1) + "\": " + why);
    }

    static Hba none(String why) {
        return new Hba(Optional.empty(), Optional.of(why));
    }

    /** The agent's own has to be the superuser's alone: one that lets in all is somebody's. */
    private static List<String> withoutOwn(List<String> lines, String superuser) {
        List<String> spaced = lines.stream().map(Hba::spaced).toList();
        boolean hasOwn = !spaced.isEmpty() && HbaRules.isOwn(spaced.get(0), superuser);
        return hasOwn ? spaced.subList(1, spaced.size()) : spaced;
    }

    /** Blanks in quotes count. */
    private static String spaced(String line) {
        return line.contains("\"") ? line.strip() : line.strip().replaceAll("\\s+", " ");
    }

    private static String difference(List<String> primarys, List<String> others) {
        int same = 0;
        while (same < Math.min(primarys.size(), others.size())
                && primarys.get(same).equals(others.get(same))) {
            same++;
        }
        return "rule " + (same + 1) + ": \"" + rule(primarys, same) + "\" and \"" + rule(others, same) + "\"";
    }

    private static String rule(List<String> rules, int index) {
        return index < rules.size() ? rules.get(index) : "";
    }
}
