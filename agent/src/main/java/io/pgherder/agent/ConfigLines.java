package io.pgherder.agent;

import io.pgherder.agent.problem.AgentProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lines {@code key = value} of a configuration file; {@code #} begins a comment line. Remembers which key stood where. */
final class ConfigLines {
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    record Entry(String key, String value, int line) {}

    ConfigLines(List<String> lines, List<AgentProblem> problems) {
        int number = 0;
        for (String line : lines) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            int equals = text.indexOf('=');
            if (equals < 1) {
                problems.add(AgentProblem.of(
                        ConfigProblem.NOT_A_SETTING, "line " + number + " is not \"key = value\": " + text));
                continue;
            }
            Entry entry = new Entry(
                    text.substring(0, equals).strip(),
                    text.substring(equals + 1).strip(),
                    number);
            Entry first = entries.putIfAbsent(entry.key(), entry);
            if (first != null) {
                problems.add(AgentProblem.of(
                        ConfigProblem.DUPLICATE_KEY,
                        "line " + number + " sets " + entry.key() + " again; line " + first.line() + " has set it"));
            }
        }
    }

    Iterable<Entry> entries() {
        return entries.values();
    }

    /** Empty also for a key without a value. */
    Optional<Entry> find(String key) {
        return Optional.ofNullable(entries.get(key))
                .filter(entry -> !entry.value().isEmpty());
    }
}
