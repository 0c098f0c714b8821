package io.pgherder.controller.topology.yaml.source;

import io.pgherder.controller.problem.Place;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.topology.Sha256;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static io.pgherder.controller.topology.TopologyProblem.EXTENDS_CIRCLE;
import static io.pgherder.controller.topology.TopologyProblem.INVALID_VALUE;

/**
 * A file together with all that it extends: maps merge deeply, lists and scalars replace. Each value keeps the place in the file that
 * it comes from.
 */
public final class Inheritance {
    public static final String KEY = "extends";

    /** Maps that are one choice among several: merging two of them would choose twice. */
    private static final Set<String> CHOICES = Set.of("synchronous", "replication.password");

    /** A house, a site, a cluster: nobody needs as many. */
    private static final int MOST_FILES = 32;

    private final Problems problems;
    private final List<SourceFile> sources = new ArrayList<>();

    public Inheritance(Problems problems) {
        this.problems = problems;
    }

    /** SHA-256 of the file, or, if it extends others, over the digests of all of them in the order of reading. */
    public String digest() {
        List<String> digests = sources.stream().map(SourceFile::sha256).toList();
        return digests.size() == 1 ? digests.get(0) : Sha256.of(String.join("\n", digests));
    }

    /** Empty if there is nothing to go on with; what is wrong is among the problems. */
    public Optional<Tree.Mapping> read(Path file) {
        try {
            SourceFile source = SourceFile.read(file, file.toString());
            return withWhatItExtends(source, List.of(realPath(file)));
        } catch (ProblemsException unreadable) {
            unreadable.problems().forEach(problems::add);
            return Optional.empty();
        }
    }

    private Optional<Tree.Mapping> withWhatItExtends(SourceFile source, List<Path> chain) {
        sources.add(source);
        Optional<Tree.Mapping> own = TreeComposer.compose(source, problems);
        Optional<Tree.Scalar> extended = own.flatMap(Inheritance::extendedBy);
        if (extended.isEmpty()) {
            return own;
        }
        // Without the parent half of the topology would seem to be missing: its own problems are enough to say.
        return parent(source, extended.get(), chain).map(parent -> merge(parent, own.get(), ""));
    }

    private static Optional<Tree.Scalar> extendedBy(Tree.Mapping tree) {
        return Optional.ofNullable(tree.entries().get(KEY))
                .map(Tree.Entry::value)
                .filter(value -> value instanceof Tree.Scalar scalar && !scalar.isNull())
                .map(Tree.Scalar.class::cast);
    }

    private Optional<Tree.Mapping> parent(SourceFile child, Tree.Scalar extended, List<Path> chain) {
        Path path;
        try {
            path = child.path().resolveSibling(extended.text()).normalize();
        } catch (InvalidPathException notAPath) {
            problems.add(Problem.of(INVALID_VALUE, "\"" + extended.text() + "\" cannot be the name of a file")
                    .about(KEY)
                    .at(extended.place()));
            return Optional.empty();
        }
        return parent(path, extended, chain);
    }

    private Optional<Tree.Mapping> parent(Path path, Tree.Scalar extended, List<Path> chain) {
        Path real = realPath(path);
        if (chain.contains(real)) {
            problems.add(circle(chain.subList(chain.indexOf(real), chain.size()), extended.place()));
            return Optional.empty();
        }
        if (chain.size() == MOST_FILES) {
            problems.add(Problem.of(INVALID_VALUE, "more than " + MOST_FILES + " files extend one another")
                    .about(KEY)
                    .at(extended.place())
                    .detail("the first is " + chain.get(0).getFileName() + ", and this is number " + MOST_FILES)
                    .hint("which of them can be one file?"));
            return Optional.empty();
        }
        try {
            List<Path> longer = new ArrayList<>(chain);
            longer.add(real);
            String shown = path.toString().isEmpty() ? "." : path.toString();
            return withWhatItExtends(SourceFile.read(path, shown), longer);
        } catch (ProblemsException unreadable) {
            unreadable.problems().stream()
                    .map(problem -> problem.place().isPresent()
                            ? problem
                            : problem.about(KEY).at(extended.place()))
                    .forEach(problems::add);
            return Optional.empty();
        }
    }

    private static Problem circle(List<Path> circle, Place place) {
        String names = circle.stream()
                .map(path -> String.valueOf(path.getFileName()))
                .collect(Collectors.joining(" extends "));
        return Problem.of(EXTENDS_CIRCLE, "files extend each other in a circle")
                .about(KEY)
                .at(place)
                .detail(names + " extends " + circle.get(0).getFileName())
                .hint("which of them is the common one? It must extend none of the others");
    }

    private static Tree.Mapping merge(Tree.Mapping parent, Tree.Mapping child, String path) {
        Map<String, Tree.Entry> merged = new LinkedHashMap<>(parent.entries());
        merged.remove(KEY);
        child.entries()
                .forEach((key, own) -> merged.merge(key, own, (inherited, same) -> {
                    String deeper = path.isEmpty() ? key : path + "." + key;
                    return inherited.value() instanceof Tree.Mapping above
                                    && same.value() instanceof Tree.Mapping below
                                    && !CHOICES.contains(deeper)
                            ? new Tree.Entry(same.keyPlace(), merge(above, below, deeper))
                            : same;
                }));
        return new Tree.Mapping(merged, child.place());
    }

    private static Path realPath(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException missing) {
            // Reading it will say so, with the reason.
            return path.toAbsolutePath().normalize();
        }
    }
}
