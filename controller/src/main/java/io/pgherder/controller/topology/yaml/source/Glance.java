package io.pgherder.controller.topology.yaml.source;

import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.problem.ProblemsException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a glance at a file tells: whether it is a cluster of its own, and which file it extends. A file that cannot be read counts as
 * a cluster, so that reading it properly says what is wrong with it.
 */
public record Glance(boolean namesCluster, Optional<Path> extended) {
    public static Glance at(Path file) {
        try {
            return TreeComposer.compose(SourceFile.read(file, file.toString()), new Problems())
                    .map(tree -> new Glance(tree.entries().containsKey("cluster"), extendedBy(tree, file)))
                    .orElse(new Glance(true, Optional.empty()));
        } catch (ProblemsException unreadable) {
            return new Glance(true, Optional.empty());
        }
    }

    private static Optional<Path> extendedBy(Tree.Mapping tree, Path file) {
        Tree.Entry entry = tree.entries().get(Inheritance.KEY);
        if (entry == null || !(entry.value() instanceof Tree.Scalar name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(file.resolveSibling(name.text()).toAbsolutePath().normalize());
        } catch (InvalidPathException notAPath) {
            return Optional.empty();
        }
    }
}
