package io.pgherder.controller.topology.yaml;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.topology.Secret;
import io.pgherder.controller.topology.yaml.draft.PasswordDraft;
import io.pgherder.controller.topology.yaml.draft.Written;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import static io.pgherder.controller.topology.TopologyProblem.INVALID_VALUE;
import static io.pgherder.controller.topology.TopologyProblem.MISSING_KEY;
import static io.pgherder.controller.topology.TopologyProblem.SECRET_NOT_USABLE;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Fetches a secret from where the file says it is: a file that only its owner can read, or an environment variable. */
final class SecretReader {
    private static final int MOST_BYTES = 4096;
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private final Function<String, Optional<String>> environment;
    private final Function<Path, Optional<String>> makers;

    /** @param makers the hint for a file that is not there, if somebody else makes it than the person who reads that */
    SecretReader(Function<String, Optional<String>> environment, Function<Path, Optional<String>> makers) {
        this.environment = environment;
        this.makers = makers;
    }

    /** Empty if there is no usable secret; the reason is among the problems then. */
    Optional<Secret> read(PasswordDraft password, Problems problems) {
        if (password.file().isPresent() && password.env().isPresent()) {
            problems.add(password.problem(INVALID_VALUE, "\"file\" and \"env\" exclude each other")
                    .hint("where is the password? Remove the other"));
            return Optional.empty();
        }
        if (password.file().isEmpty() && password.env().isEmpty()) {
            problems.add(password.problem(MISSING_KEY, "\"" + password.path() + "\" does not say where the password is")
                    .hint("for example: password: { file: secrets/rep.password }"));
            return Optional.empty();
        }
        return password.file().isPresent()
                ? fromFile(password.file().get(), problems)
                : fromEnvironment(password.env().orElseThrow(), problems);
    }

    private Optional<Secret> fromEnvironment(Written variable, Problems problems) {
        Optional<String> value = environment.apply(variable.text());
        if (value.isEmpty()) {
            problems.add(variable.problem(SECRET_NOT_USABLE, "the environment variable \"" + variable + "\" is not set")
                    .hint("is it exported in the shell that runs pgherder?"));
            return Optional.empty();
        }
        return checked(value.get(), variable, "the environment variable \"" + variable + "\"", problems);
    }

    private Optional<Secret> fromFile(Written name, Problems problems) {
        try {
            Path file = Path.of(name.place().file()).resolveSibling(name.text()).normalize();
            Optional<Problem> obstacle = obstacle(file, name);
            if (obstacle.isPresent()) {
                problems.add(obstacle.get());
                return Optional.empty();
            }
            return checked(textOf(file), name, "the secret file " + file, problems);
        } catch (CharacterCodingException binary) {
            problems.add(name.problem(SECRET_NOT_USABLE, "the secret file \"" + name + "\" is not UTF-8 text")
                    .hint("it should hold the password and nothing else"));
        } catch (AccessDeniedException denied) {
            problems.add(name.problem(SECRET_NOT_USABLE, "this account may not read the secret file \"" + name + "\"")
                    .hint("ls -l " + denied.getFile()));
        } catch (InvalidPathException | IOException failure) {
            problems.add(name.problem(SECRET_NOT_USABLE, "could not read the secret file \"" + name + "\"")
                    .detail(String.valueOf(failure))
                    .hint("it should hold the password and nothing else"));
        }
        return Optional.empty();
    }

    private Optional<Problem> obstacle(Path file, Written name) throws IOException {
        if (Files.notExists(file)) {
            return Optional.of(name.problem(SECRET_NOT_USABLE, "there is no secret file " + file)
                    .hint(makers.apply(file).orElse("write the password into it: (umask 077; cat > " + file + ")")));
        }
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
        if (!found.isRegularFile() || found.size() > MOST_BYTES) {
            return Optional.of(name.problem(SECRET_NOT_USABLE, file + " is not a file with a password")
                    .detail(found.isDirectory() ? "it is a directory" : "it has " + found.size() + " bytes")
                    .hint("it should hold the password and nothing else"));
        }
        if (isOpenToOthers(file)) {
            return Optional.of(name.problem(SECRET_NOT_USABLE, "the secret file " + file + " is open to others")
                    .detail("its permissions should be rw-------")
                    .hint("chmod 600 " + file));
        }
        return Optional.empty();
    }

    private static boolean isOpenToOthers(Path file) throws IOException {
        try {
            return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
        } catch (UnsupportedOperationException noSuchThingHere) {
            return false;
        }
    }

    private static String textOf(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(in.readNBytes(MOST_BYTES)))
                    .toString();
        }
    }

    private static Optional<Secret> checked(String text, Written where, String what, Problems problems) {
        String secret = text.replaceFirst("\r?\n$", "");
        if (secret.isEmpty()) {
            problems.add(where.problem(SECRET_NOT_USABLE, what + " is empty").hint("it should hold the password"));
            return Optional.empty();
        }
        if (secret.chars().anyMatch(Character::isISOControl)) {
            problems.add(where.problem(SECRET_NOT_USABLE, what + " has more than one line, or control characters")
                    .hint("it should hold the password and nothing else"));
            return Optional.empty();
        }
        return Optional.of(new Secret(secret, what));
    }
}
