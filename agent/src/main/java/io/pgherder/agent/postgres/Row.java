package io.pgherder.agent.postgres;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One row of a query's result, every value as PostgreSQL prints it. */
public final class Row {
    private final Map<String, @Nullable String> values;

    /** Column names to values; a null value is SQL's NULL. */
    public Row(Map<String, @Nullable String> values) {
        this.values = new LinkedHashMap<>(values);
    }

    public Optional<String> maybe(String column) {
        if (!values.containsKey(column)) {
            throw new IllegalArgumentException("the query has no column " + column + ", only " + values.keySet());
        }
        return Optional.ofNullable(values.get(column));
    }

    /** The value; NULL as the empty text. */
    public String text(String column) {
        return maybe(column).orElse("");
    }

    /** The value; NULL as 0. */
    public long number(String column) {
        return maybe(column).map(Long::parseLong).orElse(0L);
    }

    public Optional<Double> decimal(String column) {
        return maybe(column).map(Double::parseDouble);
    }

    /** The value; NULL as false. */
    public boolean flag(String column) {
        return maybe(column).filter("t"::equals).isPresent();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
