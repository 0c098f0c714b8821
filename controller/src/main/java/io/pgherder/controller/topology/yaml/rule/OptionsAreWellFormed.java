package io.pgherder.controller.topology.yaml.rule;

import io.pgherder.controller.pgvalue.ConnectionOption;
import io.pgherder.controller.problem.NearMatch;
import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.topology.yaml.draft.Draft;
import io.pgherder.controller.topology.yaml.draft.Draft.SettingDraft;
import java.util.List;

import static io.pgherder.controller.topology.TopologyProblem.INVALID_OPTION;

/** libpq knows every connection option by its name, and could take its value. With one that it does not know it connects to nobody. */
final class OptionsAreWellFormed implements Rule {
    @Override
    public void check(Draft draft, Problems problems) {
        draft.options().stream()
                .filter(option -> !OptionsAreNotOwned.isOwned(option.name()))
                .forEach(option -> ConnectionOption.named(option.name())
                        .ifPresentOrElse(known -> value(known, option, problems), () -> unknown(option, problems)));
    }

    private static void unknown(SettingDraft option, Problems problems) {
        List<String> names = ConnectionOption.names().stream().sorted().toList();
        problems.add(option.value()
                .problem(INVALID_OPTION, "there is no connection option \"" + option.name() + "\"")
                .at(option.place())
                .detail("libpq knows: " + String.join(", ", names))
                .hint(NearMatch.question(option.name(), names)));
    }

    private static void value(ConnectionOption known, SettingDraft option, Problems problems) {
        String value = option.value().text();
        if (value.chars().anyMatch(Character::isISOControl)) {
            problems.add(option.value()
                    .problem(INVALID_OPTION, "\"" + option.name() + "\" has a value of several lines")
                    .detail("it becomes a part of primary_conninfo, which is one line")
                    .hint("is a quote missing, or a block (| or >) too much?"));
        } else if (!known.accepts(value)) {
            problems.add(option.value()
                    .problem(INVALID_OPTION, "\"" + option.name() + "\" cannot be \"" + value + "\"")
                    .detail("it takes " + known.takes())
                    .hint(hint(known)));
        }
    }

    private static String hint(ConnectionOption known) {
        if (known.name().equals("target_session_attrs")) {
            return "a standby connects to one upstream, and takes it as it is: leave the option out";
        }
        return known.takes().contains("path")
                ? "a relative path would be another file for the agent than for the server"
                : "is it the value of another option?";
    }
}
