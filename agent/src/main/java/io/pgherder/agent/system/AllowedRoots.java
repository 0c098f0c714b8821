package io.pgherder.agent.system;

import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.problem.OperationFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The directories that the agent's owner lets it work below. A path is judged by where it really leads: symbolic links on the way are
 * followed first, and {@code ..} is refused outright.
 */
public final class AllowedRoots {
    /** Inside double quotes. */
    private static final String SHELL_WOULD_READ = "\"$`\\";

    private final List<Path> roots;

    public AllowedRoots(List<Path> roots) {
        this.roots = roots.stream().map(AllowedRoots::real).toList();
    }

    public List<Path> roots() {
        return roots;
    }

    /**
     * The path with every existing link on the way resolved.
     *
     * @throws io.pgherder.agent.problem.OperationFailed if it does not lie below a root
     */
    public Path check(String path) {
        Path real = real(absolute(path));
        requirePlain(real.toString());
        if (roots.stream().noneMatch(root -> real.startsWith(root) && !real.equals(root))) {
            throw outside(path, real).failure();
        }
        return real;
    }

    /** Whether the path, which holds no links, is one that {@link #check} would let through. */
    public boolean contain(Path real) {
        try {
            return check(real.toString()).equals(real);
        } catch (OperationFailed outside) {
            return false;
        }
    }

    private AgentProblem outside(String path, Path real) {
        AgentProblem problem = SystemProblem.OUTSIDE_ALLOWED_ROOTS
                .summary("this agent may not touch " + path)
                .detail("allowed: below " + roots.stream().map(Path::toString).collect(Collectors.joining(", ")));
        if (!real.toString().equals(path)) {
            problem = problem.detail("it leads to " + real);
        }
        return problem.hint("is the path right? The owner of the host allows directories with \"roots\" in the agent's"
                + " configuration");
    }

    /** pg_ctl hands paths to a shell, in double quotes. */
    private static void requirePlain(String path) {
        for (int i = 0; i < path.length(); i++) {
            char at = path.charAt(i);
            if (Character.isISOControl(at)) {
                throw badPath(path, "it holds a control character");
            }
            if (SHELL_WOULD_READ.indexOf(at) >= 0) {
                throw badPath(path, "it holds a character that the shell of pg_ctl would read: " + at);
            }
        }
    }

    private static Path absolute(String path) {
        requirePlain(path);
        Path given;
        try {
            given = Path.of(path);
        } catch (InvalidPathException e) {
            throw badPath(path, e.getReason());
        }
        if (!given.isAbsolute()) {
            throw badPath(path, "it is not absolute");
        }
        for (Path name : given) {
            if (name.toString().equals("..")) {
                throw badPath(path, "it holds \"..\"");
            }
        }
        return given.normalize();
    }

    private static RuntimeException badPath(String path, String reason) {
        return SystemProblem.BAD_PATH
                .summary("cannot use the path \"" + path.replaceAll("\\p{Cntrl}", "?") + "\"")
                .detail(reason)
                .failure();
    }

    /** Resolves the longest part that exists and appends the rest. */
    private static Path real(Path path) {
        Path existing = path;
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            Path parent = existing.getParent();
            if (parent == null) {
                return path;
            }
            existing = parent;
        }
        try {
            return existing.toRealPath().resolve(existing.relativize(path)).normalize();
        } catch (NoSuchFileException e) {
            throw SystemProblem.FILE_FAILED
                    .summary(path + " leads nowhere")
                    .detail(existing + " is a link to what is not there")
                    .hint("is a disk not mounted? Mend the link, or remove it")
                    .failure(e);
        } catch (IOException e) {
            throw FileFailure.explain(
                            SystemProblem.FILE_FAILED.summary("could not find out where " + path + " leads"), e)
                    .failure(e);
        }
    }
}
