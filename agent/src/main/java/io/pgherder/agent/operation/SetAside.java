package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.ManagedSettings;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PostmasterPid;
import io.pgherder.agent.system.AsideDirectories;
import io.pgherder.agent.system.DataDirectory;
import io.pgherder.agent.system.InstanceFiles;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards the directories of a standby that does not run stand beside their places, whole, and the agent has forgotten it: its record, and
 * the passwords with which it connected. No file of the instance is removed: moved back and declared again, it is given a password anew.
 *
 * <pre>mv DATA_DIR DATA_DIR.set-aside-20261126T204500Z        (not there: nothing)</pre>
 */
public record SetAside(InstancePlace place) implements Operation {
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    public SetAside {
        requireNonNull(place, "place is null");
    }

    @Override
    public String run(OperationContext context) {
        DataDirectory directory = context.host().directory(place);
        InstanceFiles files = context.host().files(place);
        AsideDirectories directories =
                new AsideDirectories(place.dataDir(), context.host().roots());
        if (!directory.isThere() && directories.earlier().stream().anyMatch(directory::wasMovedTo)) {
            // A run that was killed has moved it, and its record says that it should stand here.
            files.passfile().delete();
            forget(files);
            return "was set aside before";
        }
        if (!directory.isThere()) {
            // Nor is its record removed: its file system may only not be mounted.
            return "there is nothing in " + place.dataDir() + ": nothing to do";
        }
        requireItsOwn(context);
        OwnWal.require(
                context.host(),
                place,
                "refusing to set " + place.dataDir() + " aside: its WAL directory is that of another instance");
        context.phase("moving");
        directories.requireMovable();
        // Before the move: who is stopped after it finds nothing that leads here again.
        files.passfile().delete();
        List<String> moved = directories.move(SECOND.format(Instant.now()));
        forget(files);
        return "now in " + String.join(" and ", moved);
    }

    private static void forget(InstanceFiles files) {
        files.forgetFormer();
        files.mark().delete();
    }

    private void requireItsOwn(OperationContext context) {
        PostmasterPid.live(place.dataDir()).ifPresent(postmaster -> {
            throw SetAsideProblem.RUNS
                    .summary("cannot set " + place.dataDir() + " aside: its server runs, pid " + postmaster.pid())
                    .hint("who has started it? Stop it, and run the same command again")
                    .failure();
        });
        ConfigurationFiles files = context.host().configuration(place);
        ManagedSettings settings = ManagedSettings.parse(files.managed().read().orElse(""));
        String node = settings.value("cluster_name").orElse("");
        if (!settings.cluster().equals(place.cluster()) || !node.equals(place.node())) {
            throw SetAsideProblem.SOMEBODY_ELSES
                    .summary("refusing to set " + place.dataDir() + " aside: it is not " + place.node() + " of "
                            + place.cluster())
                    .detail("its pgherder.conf is of "
                            + (node.isEmpty() ? "no node" : node + " of " + settings.cluster()))
                    .hint("look at the cluster again")
                    .failure();
        }
        if (!files.isStandby()) {
            throw SetAsideProblem.NO_STANDBY
                    .summary("refusing to set " + place.dataDir() + " aside: it is no standby")
                    .detail("there is no standby.signal in it, so it may hold commits that nobody else has")
                    .hint("if they are not needed, move the directory away yourself")
                    .failure();
        }
    }
}
