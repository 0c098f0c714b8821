package io.pgherder.controller.topology.yaml.draft;

import io.pgherder.controller.problem.NearMatch;
import io.pgherder.controller.problem.Place;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.topology.FieldPath;
import io.pgherder.controller.topology.yaml.source.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static io.pgherder.controller.topology.TopologyProblem.LITERAL_PASSWORD;
import static io.pgherder.controller.topology.TopologyProblem.MISSING_KEY;
import static io.pgherder.controller.topology.TopologyProblem.UNKNOWN_KEY;
import static io.pgherder.controller.topology.TopologyProblem.WRONG_TYPE;

/** Compares a tree with the table of keys: unknown keys, missing ones, values of the wrong type or badly written. */
public final class ShapeCheck {
    private final Problems problems;
    private final ScalarCheck scalars;

    public ShapeCheck(Problems problems) {
        this.problems = problems;
        this.scalars = new ScalarCheck(problems);
    }

    public void check(Tree.Mapping topology, Place top) {
        section(topology, "", new FieldPath(""), top);
    }

    private void section(Tree.Mapping map, String section, FieldPath path, Place place) {
        List<Key> known = TopologyKeys.in(section);
        map.entries()
                .forEach((name, entry) -> known.stream()
                        .filter(key -> key.name().equals(name))
                        .findFirst()
                        .ifPresentOrElse(
                                key -> value(key, path.child(name), entry),
                                () -> unknown(name, path, entry.keyPlace(), known)));
        Set<String> misspelt = misspeltIn(map, known);
        known.stream()
                .filter(Key::required)
                .filter(key -> !map.entries().containsKey(key.name()) && !misspelt.contains(key.name()))
                .forEach(key -> missing(key, path, place));
    }

    /** The keys that were probably meant by unknown ones: to call them missing as well would be to say it twice. */
    private static Set<String> misspeltIn(Tree.Mapping map, List<Key> known) {
        List<String> names = known.stream().map(Key::name).toList();
        return map.entries().keySet().stream()
                .filter(name -> !names.contains(name))
                .map(name -> NearMatch.of(name, names))
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    private void names(Tree.Mapping map, Key key, FieldPath path) {
        Optional<Key> child = TopologyKeys.at(key.path() + ".*");
        map.entries().forEach((name, entry) -> {
            key.format().ifPresent(format -> scalars.format(format, name, path.child(name), entry.keyPlace()));
            child.ifPresent(each -> value(each, path.child(name), entry));
        });
        if (map.entries().isEmpty() && key.required()) {
            problems.add(Problem.of(MISSING_KEY, "\"" + path + "\" is empty")
                    .about(path.text())
                    .at(map.place())
                    .hint(Examples.of(key)));
        }
    }

    private void value(Key key, FieldPath path, Tree.Entry entry) {
        Tree value = entry.value();
        if (value instanceof Tree.Scalar scalar) {
            scalar(key, path, scalar, entry.keyPlace());
        } else if (value instanceof Tree.Sequence sequence && key.kind() == Key.Kind.LIST) {
            items(key, path, sequence);
        } else if (value instanceof Tree.Mapping map && key.kind() == Key.Kind.NAMES) {
            names(map, key, path);
        } else if (value instanceof Tree.Mapping map && key.kind().isMap()) {
            section(map, key.path(), path, entry.keyPlace());
        } else {
            problems.add(wrongType(key, path, value));
        }
    }

    private void scalar(Key key, FieldPath path, Tree.Scalar scalar, Place keyPlace) {
        if (key.kind() == Key.Kind.SECRET && !scalar.isNull()) {
            problems.add(Problem.of(LITERAL_PASSWORD, "a password must not stand in the file")
                    .about(path.text())
                    .at(scalar.place())
                    .hint("{ file: secrets/rep.password } or { env: REP_PASSWORD } say where it is"));
        } else if (key.kind().isMap()
                && scalar.isNull()
                && key.kind() != Key.Kind.SECRET
                && key.words().isEmpty()) {
            emptyMap(key, path, scalar, keyPlace);
        } else if (key.kind().isMap() ? !key.words().contains(scalar.text()) : key.kind() == Key.Kind.LIST) {
            problems.add(wrongType(key, path, scalar));
        } else {
            scalars.check(key, path, scalar);
        }
    }

    /** {@code settings:} with nothing below it: all that it held may be commented out. */
    private void emptyMap(Key key, FieldPath path, Tree.Scalar nothing, Place keyPlace) {
        Tree.Mapping empty = new Tree.Mapping(Map.of(), nothing.place());
        if (key.kind() == Key.Kind.NAMES) {
            names(empty, key, path);
        } else {
            section(empty, key.path(), path, keyPlace);
        }
    }

    private void items(Key key, FieldPath path, Tree.Sequence list) {
        int number = 0;
        for (Tree item : list.items()) {
            number++;
            if (!(item instanceof Tree.Scalar scalar) || scalar.isNull()) {
                problems.add(Problem.of(
                                WRONG_TYPE,
                                "item " + number + " of \"" + path + "\" must be a text, not " + item.words())
                        .about(path.child(number).text())
                        .at(item.place())
                        .hint(item instanceof Tree.Scalar ? "remove the empty item" : "does it need quotes?"));
            } else if (key.format().isPresent()) {
                scalars.format(key.format().get(), scalar.text(), path.child(number), scalar.place());
            }
        }
    }

    private static Problem wrongType(Key key, FieldPath path, Tree value) {
        String wanted = key.kind().words() + (key.words().isEmpty() ? "" : ", or " + String.join(", ", key.words()));
        boolean unquotedBraces = value instanceof Tree.Mapping map
                && map.entries().size() == 1
                && map.entries().values().iterator().next().value() instanceof Tree.Scalar only
                && only.isNull();
        Problem problem = Problem.of(WRONG_TYPE, "\"" + path + "\" must be " + wanted + ", not " + value.words())
                .about(path.text())
                .at(value.place());
        if (unquotedBraces) {
            return problem.hint("put the braces into quotes");
        }
        return problem.hint(
                value instanceof Tree.Sequence list && key.path().endsWith("settings.*")
                        ? Examples.asOneText(path.text().substring(path.text().lastIndexOf("settings.") + 9), list)
                        : Examples.of(key));
    }

    private void unknown(String name, FieldPath path, Place place, List<Key> known) {
        List<String> names = known.stream().map(Key::name).toList();
        String where = path.text().isEmpty() ? "at the top level" : "in \"" + path + "\"";
        problems.add(Problem.of(UNKNOWN_KEY, "unknown key \"" + name + "\" " + where)
                .about(path.child(name).text())
                .at(place)
                .detail("known here: " + String.join(", ", names))
                .hint(Examples.elsewhere(name).orElseGet(() -> NearMatch.question(name, names))));
    }

    private void missing(Key key, FieldPath path, Place place) {
        String where = path.text().isEmpty() ? "the file" : "\"" + path + "\"";
        problems.add(Problem.of(MISSING_KEY, where + " has no \"" + key.name() + "\"")
                .about(path.child(key.name()).text())
                .at(place)
                .hint(Examples.of(key)));
    }
}
