package io.pgherder.controller.topology.yaml.source;

import io.pgherder.controller.problem.Place;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.Problems;
import java.io.StringReader;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.StreamReader;

import static io.pgherder.controller.topology.TopologyProblem.EMPTY_FILE;
import static io.pgherder.controller.topology.TopologyProblem.EXPANDS_TOO_FAR;
import static io.pgherder.controller.topology.TopologyProblem.NOT_YAML;
import static io.pgherder.controller.topology.TopologyProblem.SEVERAL_DOCUMENTS;
import static io.pgherder.controller.topology.TopologyProblem.WRONG_TYPE;

/**
 * The only door to SnakeYAML. It composes nodes, which keep their raw text and their place, and never loads objects: {@code load} makes
 * true of {@code on} and 83 of {@code 0123}.
 */
public final class TreeComposer {
    /** Plenty for a thousand nodes that share a map by an anchor; what aliases expand to is bounded by TreeGrowth. */
    private static final int MOST_ALIASES = 2000;

    private final SourceFile source;
    private final Problems problems;

    private TreeComposer(SourceFile source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    /** The file's one map; empty if there is none, and then the reason is among the problems. */
    public static Optional<Tree.Mapping> compose(SourceFile source, Problems problems) {
        return new TreeComposer(source, problems).compose();
    }

    private Optional<Tree.Mapping> compose() {
        Optional<Place> unprintable = firstUnprintable();
        if (unprintable.isPresent()) {
            problems.add(Problem.of(NOT_YAML, "a control character is not part of YAML")
                    .at(unprintable.get())
                    .hint("was the file damaged, or is it a binary file?"));
            return Optional.empty();
        }
        try {
            Node root = new Yaml(limits()).compose(new StringReader(source.text()));
            return root == null || Tag.NULL.equals(root.getTag()) ? empty() : mapping(root);
        } catch (MarkedYAMLException syntax) {
            problems.add(syntaxProblem(syntax));
        } catch (YAMLException limit) {
            problems.add(Problem.of(EXPANDS_TOO_FAR, source.displayPath() + " is nested or aliased beyond measure")
                    .at(source.start())
                    .detail(String.valueOf(limit.getMessage()))
                    .hint("a topology needs neither; write the values out"));
        }
        return Optional.empty();
    }

    private static LoaderOptions limits() {
        LoaderOptions limits = new LoaderOptions();
        limits.setMaxAliasesForCollections(MOST_ALIASES);
        limits.setNestingDepthLimit(50);
        limits.setCodePointLimit(FileBytes.MOST + 1);
        return limits;
    }

    private Optional<Tree.Mapping> empty() {
        problems.add(Problem.of(EMPTY_FILE, source.displayPath() + " is empty")
                .at(source.start())
                .hint("a topology begins with its name, as in \"cluster: orders\""));
        return Optional.empty();
    }

    private Optional<Tree.Mapping> mapping(Node root) {
        Optional<Tree> tree = new TreeGrowth(source, problems).grow(root);
        if (tree.isPresent() && !(tree.get() instanceof Tree.Mapping)) {
            problems.add(Problem.of(
                            WRONG_TYPE, "a topology is a map, not " + tree.get().words())
                    .at(tree.get().place())
                    .hint("a topology begins with its name, as in \"cluster: orders\""));
        }
        return tree.filter(Tree.Mapping.class::isInstance).map(Tree.Mapping.class::cast);
    }

    private Problem syntaxProblem(MarkedYAMLException syntax) {
        String said = String.valueOf(syntax.getProblem());
        Place place = placeOf(syntax.getProblemMark());
        if (said.equals("but found another document")) {
            return Problem.of(SEVERAL_DOCUMENTS, "a second document begins here; one file is one cluster")
                    .at(place)
                    .hint("put it into a file of its own");
        }
        Mark begin = syntax.getContextMark();
        if (begin != null && SyntaxWords.isEndOfFile(said)) {
            return Problem.of(NOT_YAML, "this is not YAML: " + SyntaxWords.unfinished(syntax.getContext()))
                    .at(placeOf(begin))
                    .hint("where should it end?");
        }
        Problem problem = Problem.of(NOT_YAML, "this is not YAML: " + SyntaxWords.of(said))
                .at(place)
                .hint(SyntaxWords.hintFor(said));
        return begin == null
                ? problem
                : problem.detail("%s that begins at line %d".formatted(syntax.getContext(), begin.getLine() + 1));
    }

    private Place placeOf(Mark mark) {
        return mark == null ? source.start() : source.place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private Optional<Place> firstUnprintable() {
        int line = 1;
        int column = 1;
        for (int point : source.text().codePoints().toArray()) {
            if (!StreamReader.isPrintable(point)) {
                return Optional.of(source.place(line, column));
            }
            line += point == '\n' ? 1 : 0;
            column = point == '\n' ? 1 : column + 1;
        }
        return Optional.empty();
    }
}
