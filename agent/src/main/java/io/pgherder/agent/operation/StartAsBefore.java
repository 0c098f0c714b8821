package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.AutoConf;
import io.pgherder.agent.configfile.ManagedSettings;
import io.pgherder.agent.configfile.PasswordMask;
import io.pgherder.agent.configfile.SettingsFiles;
import io.pgherder.agent.operation.FormerSettings.Waiting;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PostmasterPid;
import io.pgherder.agent.postgres.RefusedSettings;
import io.pgherder.agent.postgres.RefusedSettings.Refused;
import io.pgherder.agent.postgres.ServerLog;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.AtomicFile;
import io.pgherder.agent.system.Cancellation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The start of a server that has given up with its new settings, with its {@linkplain FormerSettings former ones}: rather old settings than none. */
record StartAsBefore(FormerSettings former, boolean asPrimary) {
    /**
     * Starts it, with its {@linkplain FormerHba former rules} too if it gives up at these then. Returns what is to be told instead: why it did not
     * start, and that it runs; or just why, if it lives, somebody has stopped it, nothing has changed that could be put back, it cannot be told that
     * it has given up, or the end of all this was asked for: then its next start goes on here.
     */
    OperationFailed run(OperationContext context, Ended ended, OperationFailed why) {
        InstancePlace place = former.place();
        if (former.isEmpty()
                || EndedMeanwhile.isTold(why)
                || PostmasterPid.live(place.dataDir()).isPresent()) {
            return why;
        }
        if (!ended.hasGivenUp()) {
            return ended.leftAsItIs("its new settings", why);
        }
        ConfigurationFiles files = context.host().configuration(place);
        ManagedSettings written = files.settings();
        String text = files.managed().read().orElse("");
        AtomicFile autoConf = files.file(AutoConf.FILE);
        String altered = autoConf.read().orElse("");
        String words = words(written);
        RefusedSettings refused = refused(files, written, why.problem());
        Optional<AgentProblem> unkept = kept(refused, context.host(), place);
        AgentProblem problem = why.problem();
        context.phase("starting it as it was before");
        Optional<OperationFailed> rules;
        try {
            rules = context.toItsEnd(outage -> {
                files.managed().write(asBefore(written).render());
                files.clearAutoConf(former.names());
                return started(outage);
            });
        } catch (Cancellation.Cancelled asked) {
            return why;
        } catch (OperationFailed again) {
            if (PostmasterPid.live(place.dataDir()).isEmpty()) {
                files.managed().write(text);
                autoConf.writeIfChanged(altered);
                RefusedSettings.forget(context.host().files(place));
            }
            return problem.detail("nor does it start as it was before, with " + words + ": "
                            + again.problem().summary())
                    .details(again.problem().details())
                    .details(again.problem().toolOutput())
                    .failure(again);
        }
        AgentProblem told = StartProblem.NEW_SETTINGS
                .summary(place.node() + " does not start with its new settings")
                .details(problem.details())
                .detail("they are: " + refused.words())
                .details(unkept.map(AgentProblem::summary).stream().toList())
                .detail("it runs with what it had before, in pgherder.conf too: " + words)
                .details(takenOut(altered));
        return rules.map(bad -> told.detail(bad.problem().summary())
                        .details(bad.problem().details())
                        .details(bad.problem().toolOutput()))
                .orElse(told)
                .hint("correct them under settings" + (rules.isPresent() ? " and hba" : "")
                        + " in the topology file, or where else they were written")
                .toolOutput(problem.toolOutput())
                .failure(why);
    }

    /** Returns what is wrong with its new rules too, if it runs with the former ones. */
    private Optional<OperationFailed> started(OperationContext outage) {
        Startup startup = new Startup(outage, former.place(), asPrimary);
        Startup.Begun begun = startup.prepared();
        try {
            startup.launch(begun, FormerSettings.none(former.place()));
            startup.awaitAccepting(begun);
            return Optional.empty();
        } catch (OperationFailed again) {
            FormerHba.Outcome byRules = new FormerHba(former.place(), outage.host())
                    .startAgain(outage, asPrimary, startup.ended(begun).now(), again);
            if (!byRules.runs()) {
                throw byRules.told();
            }
            return Optional.of(byRules.told());
        }
    }

    private List<String> takenOut(String altered) {
        String lines = AutoConf.lines(altered).stream()
                .filter(line -> former.names().stream().anyMatch(line.name()::equalsIgnoreCase))
                .map(line -> line.name() + " = '" + PasswordMask.told(line.name(), line.value()) + "'")
                .collect(Collectors.joining(", "));
        return lines.isEmpty()
                ? List.of()
                : List.of("taken out of " + AutoConf.FILE + ", where an ALTER SYSTEM had set it: " + lines);
    }

    /** pgherder.conf is read last but for postgresql.auto.conf, which has none of them any more: what waits elsewhere is beaten there. */
    private ManagedSettings asBefore(ManagedSettings written) {
        SortedMap<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values.putAll(written.values());
        for (Waiting each : former.waiting()) {
            put(written, each)
                    .ifPresentOrElse(value -> values.put(each.name(), value), () -> values.remove(each.name()));
        }
        return new ManagedSettings(written.cluster(), values);
    }

    /** What its line is to be; empty: none. */
    private static Optional<String> put(ManagedSettings written, Waiting each) {
        return each.former()
                .filter(value ->
                        !(each.isDefault() && written.value(each.name()).isPresent()));
    }

    /** Before it is started again, so that whoever looks knows why, however this ends; but to start it comes first. Returns why it could not be kept. */
    private static Optional<AgentProblem> kept(RefusedSettings refused, Host host, InstancePlace place) {
        try {
            refused.keep(host.files(place));
            return Optional.empty();
        } catch (OperationFailed unwritten) {
            return Optional.of(unwritten.problem());
        }
    }

    /** What it would have had, and where that stands: the last line that sets a name counts. */
    private RefusedSettings refused(ConfigurationFiles files, ManagedSettings written, AgentProblem why) {
        List<SettingsFiles.Said> said = SettingsFiles.of(files.postgresConf(), files.file(AutoConf.FILE))
                .said();
        return new RefusedSettings(
                Instant.now(),
                ServerLog.reason(why.toolOutput())
                        .or(() -> why.details().stream().findFirst())
                        .orElse(why.summary()),
                former.waiting().stream()
                        .map(each -> refused(
                                each,
                                said.stream()
                                        .filter(line -> line.line().name().equalsIgnoreCase(each.name()))
                                        .reduce((earlier, later) -> later),
                                put(written, each)))
                        .toList());
    }

    private static Refused refused(Waiting each, Optional<SettingsFiles.Said> line, Optional<String> instead) {
        return Refused.of(
                each.name(),
                line.map(said -> PasswordMask.told(each.name(), said.line().value())),
                line.map(SettingsFiles.Said::place).orElse(""),
                instead);
    }

    /** "shared_buffers = '16MB', no shared_preload_libraries". */
    private String words(ManagedSettings written) {
        return former.waiting().stream()
                .map(each -> put(written, each)
                        .map(value -> each.name() + " = '" + PasswordMask.told(each.name(), value) + "'")
                        .orElse("no " + each.name()))
                .collect(Collectors.joining(", "));
    }
}
