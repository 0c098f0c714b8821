package io.pgherder.controller.topology.yaml.rule;

import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.topology.yaml.draft.Draft;
import io.pgherder.controller.topology.yaml.draft.Draft.SettingDraft;
import io.pgherder.controller.topology.yaml.draft.Written;
import java.util.regex.Pattern;

import static io.pgherder.controller.topology.TopologyProblem.INVALID_SETTING;

/** Names and values can be written into a line of postgresql.conf. */
final class SettingsAreWellFormed implements Rule {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*(\\.[A-Za-z_][A-Za-z0-9_$]*)*");
    private static final int LONGEST_NAME = 63;

    @Override
    public void check(Draft draft, Problems problems) {
        for (SettingDraft setting : draft.settings()) {
            Written value = setting.value();
            if (!NAME.matcher(setting.name()).matches() || setting.name().length() > LONGEST_NAME) {
                problems.add(value.problem(INVALID_SETTING, "\"" + setting.name() + "\" is not the name of a setting")
                        .hint("letters, digits and _, with a dot behind an extension's name"));
            }
            if (!isOneLine(value.text())) {
                problems.add(value.problem(INVALID_SETTING, "\"" + setting.name() + "\" has a value of several lines")
                        .detail("a value in postgresql.conf ends with its line")
                        .hint("is a quote missing, or a block (| or >) too much?"));
            }
        }
    }

    static boolean isOneLine(String text) {
        return text.chars().noneMatch(c -> c == '\n' || c == '\r' || c == 0);
    }
}
