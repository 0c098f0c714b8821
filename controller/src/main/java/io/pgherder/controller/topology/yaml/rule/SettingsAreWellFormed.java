package io.pgherder.controller.topology.yaml.rule;

import io.pgherder.controller.pgvalue.SettingCatalog;
import io.pgherder.controller.pgvalue.SettingName;
import io.pgherder.controller.pgvalue.SettingType;
import io.pgherder.controller.problem.NearMatch;
import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.topology.yaml.draft.Draft;
import io.pgherder.controller.topology.yaml.draft.Draft.SettingDraft;
import java.util.Optional;

import static io.pgherder.controller.topology.TopologyProblem.INVALID_SETTING;

/** Names and values can be written into a line of postgresql.conf, and a server could take the value for one of the setting's type. */
final class SettingsAreWellFormed implements Rule {
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
        if (known.isPresent()) {
            problems.add(setting.value()
                    .problem(INVALID_SETTING, "there is no setting \"" + name + "\"")
                    .at(setting.place())
                    .hint("did you mean \"" + known.get() + "\"?"));
        } else if (!SettingName.isReadable(name)) {
            problems.add(setting.value()
                    .problem(INVALID_SETTING, "\"" + name + "\" cannot be the name of a setting")
                    .at(setting.place())
                    .detail("PostgreSQL takes nothing of a file in which it stands")
                    .hint("a name has letters, digits and _, and at most one dot, behind an extension's name"));
        } else if (name.length() > LONGEST_NAME) {
            problems.add(setting.value()
                    .problem(INVALID_SETTING, "\"" + name + "\" cannot be the name of a setting")
                    .at(setting.place())
                    .detail(name.length() + " characters; SET and SHOW take " + LONGEST_NAME)
                    .hint("is it two settings, or is a colon missing?"));
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
