package io.pgherder.controller.topology.yaml.draft;

import io.pgherder.controller.pgvalue.SettingType;
import io.pgherder.controller.problem.Place;
import io.pgherder.controller.topology.FieldPath;
import io.pgherder.controller.topology.yaml.source.Tree;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A map of the file, asked by key. What is missing or of the wrong type is empty here: the shape check has reported it already.
 *
 * @param name its own key; empty for the whole file
 * @param place where its key stands
 */
record Section(String name, Tree.Mapping map, FieldPath path, Place place) {
    Optional<Written> text(String key) {
        return value(key)
                .filter(value -> value instanceof Tree.Scalar scalar && !scalar.isNull())
                .map(value -> new Written(((Tree.Scalar) value).text(), path.child(key), value.place()));
    }

    Optional<Integer> number(String key) {
        return text(key).map(Written::text).flatMap(ScalarCheck::number);
    }

    Optional<Boolean> flag(String key) {
        return text(key).map(Written::text).flatMap(ScalarCheck::flag);
    }

    /** In bytes. */
    Optional<Long> size(String key) {
        return text(key).map(Written::text).filter(Format.SIZE::accepts).flatMap(SettingType.SIZE::measure);
    }

    Optional<Duration> time(String key) {
        return text(key)
                .map(Written::text)
                .filter(Format.TIME::accepts)
                .flatMap(SettingType.TIME::measure)
                .map(microseconds -> Duration.of(microseconds, ChronoUnit.MICROS));
    }

    /** Empty also where the key is a map by rights but holds something else. */
    Optional<Section> section(String key) {
        return value(key)
                .filter(Tree.Mapping.class::isInstance)
                .map(value -> new Section(key, (Tree.Mapping) value, path.child(key), keyPlace(key)));
    }

    /** A list's texts with their own paths, which count from 1; empty Optional: no list is there, or one without a single text in it. */
    Optional<List<Written>> list(String key) {
        return value(key).filter(Tree.Sequence.class::isInstance).flatMap(value -> {
            List<Tree> all = ((Tree.Sequence) value).items();
            List<Written> items = new ArrayList<>();
            int number = 0;
            for (Tree item : all) {
                number++;
                if (item instanceof Tree.Scalar scalar && !scalar.isNull()) {
                    items.add(new Written(scalar.text(), path.child(key).child(number), scalar.place()));
                }
            }
            return items.isEmpty() && !all.isEmpty() ? Optional.empty() : Optional.of(items);
        });
    }

    List<String> keys() {
        return List.copyOf(map.entries().keySet());
    }

    /** The sections in this one, in the file's order. */
    List<Section> sections() {
        return map.entries().keySet().stream()
                .map(this::section)
                .flatMap(Optional::stream)
                .toList();
    }

    /** The texts in this section by key, in the file's order. */
    Map<String, Written> texts() {
        Map<String, Written> texts = new LinkedHashMap<>();
        map.entries().keySet().forEach(key -> text(key).ifPresent(text -> texts.put(key, text)));
        return texts;
    }

    Place keyPlace(String key) {
        Tree.Entry entry = map.entries().get(key);
        return entry == null ? place : entry.keyPlace();
    }

    private Optional<Tree> value(String key) {
        return Optional.ofNullable(map.entries().get(key)).map(Tree.Entry::value);
    }
}
