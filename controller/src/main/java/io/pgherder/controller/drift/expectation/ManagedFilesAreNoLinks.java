package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.InstanceState.ConfigFile;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.FieldPath;
import java.util.stream.Stream;

/** Where agents write there are files: a server follows a symbolic link, and no agent writes through it, because what it leads to is somebody's. */
final class ManagedFilesAreNoLinks implements Expectation {
    private static final FieldPath SETTINGS = FieldPath.of("settings");

    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.nodes().stream()
                .flatMap(node -> look.instance(node).stream().flatMap(instance -> unmet(look, node, instance)));
    }

    private static Stream<Difference> unmet(SideBySide look, NodeName node, InstanceState instance) {
        Stream<Difference> settings = instance.managedSettings().stream()
                .filter(ConfigFile::symbolicLink)
                .map(file -> link(look, node, SETTINGS, file));
        Stream<Difference> hba = instance.hba().stream()
                .filter(file -> file.symbolicLink() && look.topology().hba().isPresent())
                .map(file -> link(look, node, FieldPath.of("hba"), file));
        return Stream.concat(settings, hba);
    }

    private static Difference link(SideBySide look, NodeName node, FieldPath path, ConfigFile file) {
        return asLink(
                Difference.of(
                        look.subject(node),
                        DriftKind.NOT_MANAGED,
                        path,
                        file.path() + " is a file of its own",
                        "it is a symbolic link"),
                "");
    }

    /** @param why what else differs for that */
    static Difference asLink(Difference difference, String why) {
        return difference
                .because(why + "agents do not write through links: a change of it is refused")
                .byHand("put a copy of what it leads to in its place");
    }
}
