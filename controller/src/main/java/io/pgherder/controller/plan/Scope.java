package io.pgherder.controller.plan;

import java.util.List;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * How much of the way from what is to what should be a person wants to go now. It says nothing of what is looked at and judged: that is
 * always the whole cluster.
 *
 * @param prunes whether nodes that were taken out of the file go too; otherwise they run on
 */
public record Scope(Limit limit, boolean prunes) {
    public static final String PRUNE = "--prune";
    public static final Scope ALL_DECLARED = new Scope(Limit.NONE, false);

    public Scope {
        requireNonNull(limit, "limit is null");
    }

    public static Scope of(Limit limit) {
        return new Scope(limit, false);
    }

    /** As it is typed. */
    public List<String> words() {
        return prunes ? Stream.concat(limit.words().stream(), Stream.of(PRUNE)).toList() : limit.words();
    }
}
