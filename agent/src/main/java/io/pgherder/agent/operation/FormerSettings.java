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
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
     * @param former as SHOW printed it, or as the files had it
     * @param isDefault whether no file has set it so far
     */
    record Waiting(String name, String former, boolean isDefault) {}

    FormerSettings {
        waiting = List.copyOf(waiting);
    }

    /**
     * Of a restart that has not come to its end; nothing, if there is none. Once its new process was there, whoever saw to that may have ended
     * before it could say so: then the settings of long ago are nobody's.
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
                    kept.getProperty(VALUE + i, ""),
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
     * Of an instance that no process can be asked of, before its files are written: what those have now. Of several writings that no server has
     * started with, it is what they had before them all. What pgherder decides is not among it: a standby does not go back to a former upstream.
     *
     * @param next what pgherder.conf is to hold
     * @param reset names that are about to be taken out of postgresql.auto.conf
     */
    static FormerSettings beforeWriting(InstancePlace place, Host host, ManagedSettings next, Set<String> reset) {
        ConfigurationFiles files = host.configuration(place);
        String altered = files.file(AutoConf.FILE).read().orElse("");
        SortedMap<String, String> before = inFiles(files.settings(), altered);
        SortedMap<String, String> after = inFiles(next, AutoConf.without(reset, altered));
        FormerSettings kept = kept(place, host);
        List<Waiting> waiting = new ArrayList<>(kept.waiting());
        SortedMap<String, String> all = new TreeMap<>(before);
        all.putAll(after);
        all.keySet().stream()
                .filter(name -> !ConfigurationFiles.DECIDED.contains(name.toLowerCase(Locale.ROOT)))
                .filter(name ->
                        kept.waiting().stream().noneMatch(known -> known.name().equalsIgnoreCase(name)))
                .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                .map(name -> new Waiting(name, before.getOrDefault(name, ""), !before.containsKey(name)))
                .forEach(waiting::add);
        return new FormerSettings(place, waiting);
    }

    /** By name, whatever its case; postgresql.auto.conf is read last. */
    private static SortedMap<String, String> inFiles(ManagedSettings managed, String altered) {
        SortedMap<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values.putAll(managed.values());
        AutoConf.lines(altered).forEach(line -> values.put(line.name(), line.value()));
        return values;
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
            text.put(NAME + i, each.name())
                    .put(VALUE + i, each.former())
                    .put(IS_DEFAULT + i, Boolean.toString(each.isDefault()));
        }
        host.files(place).formerSettings().write(text.toString());
    }

    /** Once a process runs that has the new ones in force, or was given these again. */
    static void forget(InstancePlace place, Host host) {
        host.files(place).formerSettings().delete();
    }
}
