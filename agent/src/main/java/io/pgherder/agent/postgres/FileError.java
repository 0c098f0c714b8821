package io.pgherder.agent.postgres;

import io.pgherder.agent.configfile.PasswordMask;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An error in a configuration file, as the server finds it there.
 *
 * @param file "/data01/pg/postgresql.conf"; empty if the error is that the first of the files cannot be opened
 * @param line 0 if there is no file
 * @param setting the one that the line is about, of settings files
 * @param message in PostgreSQL's words, without passwords: "work_mem = 'much': invalid value ..."
 * @param unopened the file that cannot be opened, where that is the error; beside it, {@code file} is the one that includes it
 */
public record FileError(
        Optional<String> file, int line, Optional<String> setting, String message, Optional<String> unopened) {
    /** Words that PostgreSQL does not translate where they stand in one of its views. */
    private static final Pattern UNOPENED = Pattern.compile("could not open (?:configuration )?file \"([^\"]+)\".*");

    private static final Pattern PLACED = Pattern.compile("(.*) (?:in|at) file \"([^\"]+)\" line (\\d+)(?:, near .*)?");

    private static final Pattern PARAMETER = Pattern.compile("parameter \"([^\"]+)\"");

    private static final Pattern VALUE = Pattern.compile("(invalid value for parameter \"[^\"]+\": )\"(.*)\"");

    /** @param row with sourcefile, sourceline and error */
    static FileError of(Row row) {
        return of(row, Optional.empty(), row.text("error"));
    }

    /** @param message instead of the row's own */
    static FileError of(Row row, String message) {
        return of(row, Optional.empty(), message);
    }

    /** @param row with name and setting besides, which are NULL where a line is no setting */
    static FileError ofSetting(Row row) {
        Optional<String> setting = row.maybe("name");
        String said = setting.map(name -> name + " = '" + PasswordMask.told(name, row.text("setting")) + "': ")
                .orElse("");
        return of(row, setting, said + row.text("error"));
    }

    /**
     * As the program tells a person, in English: {@code unrecognized configuration parameter "x" in file "/data01/pg/postgresql.conf" line 12}. Of a value
     * that it does not take it does not say where that stands.
     */
    static FileError ofProgram(String words) {
        Matcher placed = PLACED.matcher(words);
        Optional<String> setting =
                Optional.of(PARAMETER.matcher(words)).filter(Matcher::find).map(parameter -> parameter.group(1));
        if (placed.matches()) {
            return new FileError(
                    Optional.of(placed.group(2)),
                    Integer.parseInt(placed.group(3)),
                    setting,
                    placed.group(1),
                    Optional.empty());
        }
        Matcher value = VALUE.matcher(words);
        String message = value.matches()
                ? value.group(1) + '"' + PasswordMask.told(setting.orElse(""), value.group(2)) + '"'
                : words;
        return new FileError(Optional.empty(), 0, setting, message, unopened(words));
    }

    /** A file that the server cannot open at all; its words name the file. */
    static FileError ofNoFile(String message) {
        return new FileError(Optional.empty(), 0, Optional.empty(), message, unopened(message));
    }

    private static FileError of(Row row, Optional<String> setting, String message) {
        return new FileError(
                row.maybe("sourcefile"), (int) row.number("sourceline"), setting, message, unopened(message));
    }

    private static Optional<String> unopened(String message) {
        Matcher unopened = UNOPENED.matcher(message);
        return unopened.matches() ? Optional.of(unopened.group(1)) : Optional.empty();
    }

    /**
     * Whether it is in that file, or that the file cannot be opened.
     *
     * @param name "pgherder.conf", in whatever directory
     */
    public boolean isAbout(String name) {
        return Stream.concat(file.stream(), unopened.stream()).anyMatch(path -> path.endsWith("/" + name));
    }

    /** @param names in whatever case */
    public boolean isOfSetting(Collection<String> names) {
        return setting.filter(name -> names.stream().anyMatch(name::equalsIgnoreCase))
                .isPresent();
    }

    /** "/data01/pg/postgresql.conf:12: work_mem = 'much': invalid value ...". */
    public String words() {
        return file.map(path -> path + ":" + line + ": ").orElse("") + message;
    }
}
