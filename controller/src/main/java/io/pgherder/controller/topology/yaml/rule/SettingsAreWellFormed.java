package io.pgherder.controller.topology.yaml.rule;

import io.pgherder.controller.pgvalue.SettingCatalog;
import io.pgherder.controller.pgvalue.SettingType;
import io.pgherder.controller.problem.NearMatch;
import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.topology.yaml.draft.Draft;
import io.pgherder.controller.topology.yaml.draft.Draft.SettingDraft;
import java.util.Optional;
import java.util.regex.Pattern;

import static io.pgherder.controller.topology.TopologyProblem.INVALID_SETTING;

/** Names and values can be written into a line of postgresql.conf, and a server could take the value for one of the setting's type. */
final class SettingsAreWellFormed implements Rule {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*(\\.[A-Za-z_][A-Za-z0-9_$]*)*");
    private static final int LONGEST_NAME = 63;
    private static final int SLIPS = 2;

    @Override
    public void check(Draft draft, Problems problems) {
        draft.settings().forEach(setting -> {
            name(setting, problems);
            value(setting, problems);
        });
    }

    private static void name(SettingDraft setting, Problems problems) {
        String name = setting.name();
        Optional<String> known = nearlyKnown(name);
        if (!NAME.matcher(name).matches() || name.length() > LONGEST_NAME || known.isPresent()) {
            problems.add(setting.value()
                    .problem(INVALID_SETTING, "there is no setting \"" + name + "\"")
                    .at(setting.place())
                    .hint(known.map(near -> "did you mean \"" + near + "\"?")
                            .orElse("a name has letters, digits and _, and a dot behind an extension's name")));
        }
    }

    private static void value(SettingDraft setting, Problems problems) {
        if (!isOneLine(setting.value().text())) {
            problems.add(setting.value()
                    .problem(INVALID_SETTING, "\"" + setting.name() + "\" has a value of several lines")
                    .detail("a value in postgresql.conf ends with its line")
                    .hint("is a quote missing, or a block (| or >) too much?"));
            return;
        }
        SettingType type = SettingCatalog.type(setting.name());
        String value = setting.value().text();
        if (!type.accepts(value)) {
            problems.add(setting.value()
                    .problem(INVALID_SETTING, "\"" + setting.name() + "\" cannot be \"" + value + "\"")
                    .detail("it takes " + type.takes())
                    .hint(type.unitMeant(value)
                            .map(unit -> "did you mean " + unit + "? Upper and lower case matter")
                            .orElse("is it the value of another setting?")));
        }
    }

    /** A name that nobody knows may be newer than the catalog; one that is nearly known is a slip of the hand. */
    private static Optional<String> nearlyKnown(String name) {
        return SettingCatalog.isKnown(name) || name.contains(".")
                ? Optional.empty()
                : NearMatch.within(SLIPS, name, SettingCatalog.names());
    }

    static boolean isOneLine(String text) {
        return text.chars().noneMatch(c -> c == '\n' || c == '\r' || c == 0);
    }
}
