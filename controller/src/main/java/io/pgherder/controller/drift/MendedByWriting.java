package io.pgherder.controller.drift;

import io.pgherder.controller.observation.ConfigurationFile;
import io.pgherder.controller.observation.FileError;
import io.pgherder.controller.pgvalue.NodeName;
import java.util.Set;
import java.util.TreeSet;

import static java.util.Objects.requireNonNull;

/**
 * Which errors in a node's settings files are there no more once its pgherder.conf is written: other lines of that file; lines of
 * postgresql.auto.conf for what is taken out of it; and in files that are read before it a value of what it gives too. Such a value the
 * server passes over, but only where both lines spell the name the same; a name that it does not know it never passes over.
 *
 * @see <a href="https://www.postgresql.org/docs/15/view-pg-file-settings.html">pg_file_settings</a>
 */
public record MendedByWriting(SideBySide look, NodeName node) {
    public MendedByWriting {
        requireNonNull(look, "look is null");
        requireNonNull(node, "node is null");
    }

    public boolean isSo(FileError error) {
        if (error.isAbout(ConfigurationFile.ALTER_SYSTEM)) {
            return error.setting().filter(this::isReset).isPresent();
        }
        if (error.isAbout(ConfigurationFile.PGHERDER)) {
            return !couldNotRead() && !isDeclared(error);
        }
        return error.setting().filter(names()::contains).isPresent();
    }

    /** Whether it is in a line of pgherder.conf that is as declared, or as the agent writes it by itself: written anew it is the same. */
    public boolean isDeclared(FileError error) {
        return error.isAbout(ConfigurationFile.PGHERDER)
                && error.setting()
                        .filter(look.writtenOn(node).keySet()::contains)
                        .filter(name -> !look.settingsDrift(node).unwritten().contains(name))
                        .isPresent();
    }

    private boolean isReset(String name) {
        return look.settingsDrift(node).shadowed().stream().anyMatch(name::equalsIgnoreCase);
    }

    /** What cannot be read is not written over. */
    private boolean couldNotRead() {
        return look.instance(node)
                .filter(instance -> instance.couldNotRead(ConfigurationFile.PGHERDER))
                .isPresent();
    }

    /** All that pgherder.conf is to give. */
    private Set<String> names() {
        Set<String> names = new TreeSet<>(look.writtenOn(node).keySet());
        if (!node.equals(look.primary())) {
            names.addAll(SettingsDrift.OF_STANDBYS);
        }
        return names;
    }
}
