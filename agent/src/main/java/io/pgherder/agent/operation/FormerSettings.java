package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.AutoConf;
import io.pgherder.agent.configfile.ManagedSettings;
import io.pgherder.agent.configfile.PasswordMask;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PostmasterPid;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.problem.OperationFailed;
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
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the old process of a restart has in force of the settings that the restart would change, whoever wrote them. If the new process does not
 * start, because PostgreSQL found only then what is wrong with them (a library that is not there, more memory than there is), it is started with
 * these: rather a server with old settings than none. They are kept on disk until the new process accepts connections, so that a start after
 * the agent was killed knows them too.
 */
final class FormerSettings {
    private static final String NAME = "name_";
    private static final String VALUE = "value_";
    private static final String IS_DEFAULT = "is_default_";

    private final InstancePlace place;
    private final List<Waiting> waiting;

    /**
     * A setting that waits for the restart.
     *
     * @param inForce as SHOW prints it
     * @param isDefault whether no file has set it so far
     */
    record Waiting(String name, String inForce, boolean isDefault) {}

    private FormerSettings(InstancePlace place, List<Waiting> waiting) {
        this.place = place;
        this.waiting = List.copyOf(waiting);
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

    /** Before the old process ends. */
    void keep(Host host) {
        if (waiting.isEmpty()) {
            forget(place, host);
            return;
        }
        PropertyText text = new PropertyText();
        for (int i = 1; i <= waiting.size(); i++) {
            Waiting each = waiting.get(i - 1);
            text.put(NAME + i, each.name())
                    .put(VALUE + i, each.inForce())
                    .put(IS_DEFAULT + i, Boolean.toString(each.isDefault()));
        }
        host.files(place).formerSettings().write(text.toString());
    }

    /** Once a process runs that has the new ones in force, or was given these again. */
    static void forget(InstancePlace place, Host host) {
        host.files(place).formerSettings().delete();
    }

    /**
     * Starts the server that has given up again with what the old one had. Returns what is to be told instead: why it did not start, and that it
     * runs; or just why, if it lives, somebody has stopped it, nothing has changed that could be put back, or it cannot be told that it has given
     * up.
     */
    OperationFailed startAgain(OperationContext context, boolean asPrimary, Ended ended, OperationFailed why) {
        if (waiting.isEmpty()
                || EndedMeanwhile.isTold(why)
                || PostmasterPid.live(place.dataDir()).isPresent()) {
            return why;
        }
        if (!ended.hasGivenUp()) {
            return ended.leftAsItIs("its new settings", why);
        }
        context.phase("starting it as it was before");
        AgentProblem problem = why.problem();
        ConfigurationFiles files = context.host().configuration(place);
        ManagedSettings written = files.settings();
        String text = files.managed().read().orElse("");
        AtomicFile autoConf = files.file(AutoConf.FILE);
        String altered = autoConf.read().orElse("");
        String words = words(written);
        try {
            files.managed().write(asBefore(written).render());
            files.clearAutoConf(names());
            context.toItsEnd(outage -> {
                Startup startup = new Startup(outage, place, asPrimary);
                startup.awaitAccepting(startup.begin());
                return startup;
            });
        } catch (OperationFailed again) {
            if (PostmasterPid.live(place.dataDir()).isEmpty()) {
                files.managed().write(text);
                autoConf.writeIfChanged(altered);
            }
            return problem.detail("nor does it start as it was before, with " + words + ": "
                            + again.problem().summary())
                    .details(again.problem().details())
                    .details(again.problem().toolOutput())
                    .failure(again);
        }
        return StartProblem.NEW_SETTINGS
                .summary(place.node() + " does not start with its new settings")
                .details(problem.details())
                .detail("it runs; what only a restart changes is as before, in pgherder.conf too: " + words)
                .details(takenOut(altered))
                .hint("correct them under settings in the topology file, or where else they were written")
                .toolOutput(problem.toolOutput())
                .failure(why);
    }

    private Set<String> names() {
        return waiting.stream().map(Waiting::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> takenOut(String altered) {
        String lines = AutoConf.lines(altered).stream()
                .filter(line -> names().stream().anyMatch(line.name()::equalsIgnoreCase))
                .map(line -> line.name() + " = '" + PasswordMask.value(line.name(), line.value()) + "'")
                .collect(Collectors.joining(", "));
        return lines.isEmpty()
                ? List.of()
                : List.of("taken out of " + AutoConf.FILE + ", where an ALTER SYSTEM had set it: " + lines);
    }

    /** pgherder.conf is read last but for postgresql.auto.conf, which has none of them any more: what waits elsewhere is beaten there. */
    private ManagedSettings asBefore(ManagedSettings written) {
        SortedMap<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values.putAll(written.values());
        for (Waiting each : waiting) {
            if (isTakenOut(each, written)) {
                values.remove(each.name());
            } else {
                values.put(each.name(), each.inForce());
            }
        }
        return new ManagedSettings(written.cluster(), values);
    }

    private static boolean isTakenOut(Waiting each, ManagedSettings written) {
        return each.isDefault() && written.value(each.name()).isPresent();
    }

    /** "shared_buffers = '16MB', no shared_preload_libraries". */
    private String words(ManagedSettings written) {
        return waiting.stream()
                .map(each -> isTakenOut(each, written)
                        ? "no " + each.name()
                        : each.name() + " = '" + PasswordMask.told(each.name(), each.inForce()) + "'")
                .collect(Collectors.joining(", "));
    }
}
