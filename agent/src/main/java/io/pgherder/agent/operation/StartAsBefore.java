package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.AutoConf;
import io.pgherder.agent.configfile.ManagedSettings;
import io.pgherder.agent.configfile.PasswordMask;
import io.pgherder.agent.postgres.PostmasterPid;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.AtomicFile;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The start of a server that has given up with its new settings, with its {@linkplain FormerSettings former ones}: rather old settings than none. */
record StartAsBefore(FormerSettings former, boolean asPrimary) {
    /**
     * Starts it. Returns what is to be told instead: why it did not start, and that it runs; or just why, if it lives, somebody has stopped it,
     * nothing has changed that could be put back, or it cannot be told that it has given up.
     */
    OperationFailed run(OperationContext context, Ended ended, OperationFailed why) {
        if (former.waiting().isEmpty()
                || EndedMeanwhile.isTold(why)
                || PostmasterPid.live(former.place().dataDir()).isPresent()) {
            return why;
        }
        if (!ended.hasGivenUp()) {
            return ended.leftAsItIs("its new settings", why);
        }
        context.phase("starting it as it was before");
        AgentProblem problem = why.problem();
        ConfigurationFiles files = context.host().configuration(former.place());
        ManagedSettings written = files.settings();
        String text = files.managed().read().orElse("");
        AtomicFile autoConf = files.file(AutoConf.FILE);
        String altered = autoConf.read().orElse("");
        String words = words(written);
        try {
            files.managed().write(asBefore(written).render());
            files.clearAutoConf(former.names());
            context.toItsEnd(outage -> {
                Startup startup = new Startup(outage, former.place(), asPrimary);
                startup.awaitAccepting(startup.begin());
                return startup;
            });
        } catch (OperationFailed again) {
            if (PostmasterPid.live(former.place().dataDir()).isEmpty()) {
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
                .summary(former.place().node() + " does not start with its new settings")
                .details(problem.details())
                .detail("it runs with what it had before, in pgherder.conf too: " + words)
                .details(takenOut(altered))
                .hint("correct them under settings in the topology file, or where else they were written")
                .toolOutput(problem.toolOutput())
                .failure(why);
    }

    private List<String> takenOut(String altered) {
        String lines = AutoConf.lines(altered).stream()
                .filter(line -> former.names().stream().anyMatch(line.name()::equalsIgnoreCase))
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
        for (FormerSettings.Waiting each : former.waiting()) {
            if (isTakenOut(each, written)) {
                values.remove(each.name());
            } else {
                values.put(each.name(), each.former());
            }
        }
        return new ManagedSettings(written.cluster(), values);
    }

    private static boolean isTakenOut(FormerSettings.Waiting each, ManagedSettings written) {
        return each.isDefault() && written.value(each.name()).isPresent();
    }

    /** "shared_buffers = '16MB', no shared_preload_libraries". */
    private String words(ManagedSettings written) {
        return former.waiting().stream()
                .map(each -> isTakenOut(each, written)
                        ? "no " + each.name()
                        : each.name() + " = '" + PasswordMask.told(each.name(), each.former()) + "'")
                .collect(Collectors.joining(", "));
    }
}
