package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.AutoConf;
import io.pgherder.agent.configfile.ManagedSettings;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.system.AtomicFile;
import io.pgherder.agent.system.FileFailure;
import io.pgherder.agent.system.PropertyText;
import io.pgherder.agent.system.SystemProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the last process of an instance had of the settings that the next one would have otherwise: in force, where it could be asked before a
 * restart, whoever wrote them; in its files, where it had ended before these were written. If the next process does not start, because PostgreSQL
 * found only then what is wrong with its settings (a library that is not there, more memory than there is), it is {@linkplain StartAsBefore started
 * with these}. They are kept on disk until a process accepts connections, so that a start after the agent was killed knows them too.
 */
record FormerSettings(InstancePlace place, List<Waiting> waiting) {
    private static final String NAME = "name_";
    private static final String VALUE = "value_";
    private static final String IS_DEFAULT = "is_default_";

    /**
     * A setting that waits for the next process.
     *
     * @param former as SHOW printed it, or as the files had it; empty: no line of these set it
     * @param isDefault whether it was in force without any file that had set it
     */
    record Waiting(String name, Optional<String> former, boolean isDefault) {}

    FormerSettings {
        waiting = List.copyOf(waiting);
    }

    static FormerSettings none(InstancePlace place) {
        return new FormerSettings(place, List.of());
    }

    /**
     * Of a start that has not come to its end, be it the one of a restart; nothing, if there is none. Once its process was there, whoever saw to that
     * may have ended before it could say so: then the settings of long ago are nobody's.
     */
    static FormerSettings kept(InstancePlace place, Host host) {
        AtomicFile file = host.files(place).formerSettings();
        if (hasStartedSince(place, file.path())) {
            file.delete();
        }
        Properties kept = PropertyText.parse(file.read().orElse(""));
        List<Waiting> waiting = new ArrayList<>();
        for (int i = 1; kept.containsKey(NAME + i); i++) {
            waiting.add(new Waiting(
                    kept.getProperty(NAME + i),
                    Optional.ofNullable(kept.getProperty(VALUE + i)),
                    Boolean.parseBoolean(kept.getProperty(IS_DEFAULT + i))));
        }
        return new FormerSettings(place, waiting);
    }

    /** A server writes postmaster.opts once it has its libraries and its memory, and pg_control once it takes up its data with them. */
    private static boolean hasStartedSince(InstancePlace place, Path kept) {
        Path dataDir = place.dataDir();
        try {
            FileTime begun = Files.getLastModifiedTime(dataDir.resolve("postmaster.opts"));
            FileTime atWork =
                    Files.getLastModifiedTime(dataDir.resolve("global").resolve("pg_control"));
            return begun.compareTo(Files.getLastModifiedTime(kept)) > 0 && atWork.compareTo(begun) > 0;
        } catch (NoSuchFileException noneOfThem) {
            return false;
        } catch (IOException e) {
            throw FileFailure.explain(SystemProblem.FILE_FAILED.summary("could not look at " + kept), e)
                    .failure(e);
        }
    }

    static FormerSettings of(InstancePlace place, ServerSession session) {
        return new FormerSettings(place, session.files().waitingForRestart());
    }

    /**
     * Of an instance that no process can be asked of, before its files are written.
     *
     * @param next what pgherder.conf is to hold
     * @param reset names that are about to be taken out of postgresql.auto.conf
     */
    static FormerSettings beforeWriting(InstancePlace place, Host host, ManagedSettings next, Set<String> reset) {
        ConfigurationFiles files = host.configuration(place);
        String altered = files.file(AutoConf.FILE).read().orElse("");
        return new FormerSettings(
                place,
                SettingsAtRest.of(files.settings(), altered)
                        .before(
                                SettingsAtRest.of(next, AutoConf.without(reset, altered)),
                                kept(place, host).waiting()));
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    Set<String> names() {
        return waiting.stream().map(Waiting::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Before the old process ends, or its files are written. */
    void keep(Host host) {
        if (waiting.isEmpty()) {
            forget(place, host);
            return;
        }
        PropertyText text = new PropertyText();
        for (int i = 1; i <= waiting.size(); i++) {
            Waiting each = waiting.get(i - 1);
            text.put(NAME + i, each.name());
            if (each.former().isPresent()) {
                text.put(VALUE + i, each.former().get());
            }
            text.put(IS_DEFAULT + i, Boolean.toString(each.isDefault()));
        }
        host.files(place).formerSettings().write(text.toString());
    }

    /** Once a process runs that has the new ones in force, or was given these again. */
    static void forget(InstancePlace place, Host host) {
        host.files(place).formerSettings().delete();
    }
}
