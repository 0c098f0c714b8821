package io.pgherder.agent.postgres;

import io.pgherder.agent.configfile.HbaFile;
import io.pgherder.agent.configfile.IdentFile;
import java.nio.file.Path;

/** What lets the agent into a server of its own: a line of pg_hba.conf, and one of pg_ident.conf where the names differ. */
record WayIn(Path dataDir, Path configDirectory, String superuser, String account) {
    static WayIn into(InstancePlace place) {
        return new WayIn(place.dataDir(), place.configDirectory(), place.superuser(), System.getProperty("user.name"));
    }

    /** For whoever has shut it: the files and the lines as they have to be. */
    String question() {
        return "does " + configDirectory.resolve("pg_hba.conf") + " begin with the line \""
                + HbaFile.ownRule(superuser, account)
                + "\", " + mapping() + "and is there a role \"" + superuser
                + "\"? A server reads these files again after"
                + " pg_ctl reload -D " + dataDir;
    }

    private String mapping() {
        return superuser.equals(account)
                ? ""
                : "is \"" + IdentFile.ownLine(superuser, account) + "\" a line of "
                        + configDirectory.resolve("pg_ident.conf") + ", ";
    }
}
