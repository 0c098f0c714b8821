package io.pgherder.agent.system;

import io.pgherder.agent.problem.AgentProblem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Why the system refused a file, in the words of its own list of errors (errno(3)): the names of exceptions are for the agent's log. */
public final class FileFailure {
    private static final String LOOP = "too many levels of symbolic links";

    /** ENOSPC. */
    private static final String FULL = "no space left on device";

    /** EPERM: of a file or directory whose account it is, rights are not the cause. */
    private static final String FROZEN = "operation not permitted";

    private FileFailure() {}

    /** The problem with the reason as a detail, and a hint if there is one to give. */
    public static AgentProblem explain(AgentProblem problem, IOException e) {
        AgentProblem explained = problem.detail(words(e));
        return closed(e)
                .map(closed -> explained.detail(closed.words()).hint(hint(closed)))
                .orElseGet(() -> explained.hint(hint(e)));
    }

    private static Optional<ClosedDirectory> closed(IOException e) {
        return e instanceof AccessDeniedException denied && denied.getFile() != null
                ? ClosedDirectory.above(Path.of(denied.getFile()))
                : Optional.empty();
    }

    private static String words(IOException e) {
        String said = said(e);
        return e instanceof FileSystemException failure && failure.getFile() != null
                ? failure.getFile() + ": " + said
                : said;
    }

    private static String said(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied for account " + account();
        }
        if (e instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (e instanceof NotDirectoryException) {
            return "not a directory";
        }
        String reason = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
        if (reason == null || reason.isBlank()) {
            return e.getClass().getSimpleName();
        }
        String words = reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
        return words.startsWith(LOOP) ? LOOP : words;
    }

    private static String hint(ClosedDirectory closed) {
        return closed.isOwn()
                ? "is it closed on purpose? If not  chmod u+rwx " + closed.directory()
                : letIn(closed.directory().toString());
    }

    private static String letIn(String place) {
        return "whose is it? The agent runs as " + account() + ", which must be let in there and above: ls -ld "
                + place;
    }

    private static String hint(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return letIn(denied.getFile());
        }
        if (e instanceof RegularFile.Irregular irregular) {
            return "what put it there? A file belongs in its place: ls -ld " + irregular.getFile();
        }
        if (e instanceof RegularFile.Oversized oversized) {
            return "what fills it? Move it away, or cut it to what belongs there: ls -l " + oversized.getFile();
        }
        if (said(e).equals(FULL)) {
            return "make room there: df -h shows which file system is full";
        }
        if (said(e).equals(FROZEN)) {
            return "is the file, or its directory, immutable or append-only? lsattr shows it, chattr -i takes it away";
        }
        return said(e).equals(LOOP) ? "where should the symbolic link lead? Mend it, or remove it" : "";
    }

    private static String account() {
        return System.getProperty("user.name");
    }
}
