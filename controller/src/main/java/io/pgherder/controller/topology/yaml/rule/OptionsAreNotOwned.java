package io.pgherder.controller.topology.yaml.rule;

import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.topology.TopologyProblem;
import io.pgherder.controller.topology.yaml.draft.Draft;
import io.pgherder.controller.topology.yaml.draft.Draft.SettingDraft;
import java.util.Map;
import java.util.Optional;

import static io.pgherder.controller.topology.TopologyProblem.LITERAL_PASSWORD;
import static io.pgherder.controller.topology.TopologyProblem.OWNED_OPTION;
import static java.util.Map.entry;

/** Where a standby connects to, as whom and under which name follows from something else in the file, and no secret stands in it. */
final class OptionsAreNotOwned implements Rule {
    private record Owned(TopologyProblem code, String why, String instead) {
        Owned(String why, String instead) {
            this(OWNED_OPTION, why, instead);
        }
    }

    private static final Owned PLACE = new Owned(
            "a standby connects to whom it follows",
            "say whom as nodes.NAME.follows, the address as hosts.NAME.address");
    private static final Owned LOGIN = new Owned(
            "a standby logs in as the replication role", "say that as replication.user and replication.password");
    private static final Owned NAME = new Owned("a standby is called like its node", "leave it out");
    private static final Owned REPLICATION =
            new Owned("every standby asks for WAL, and for nothing else", "leave it out");
    private static final Owned SERVICE = new Owned(
            "it says in another file where a connection goes, and as whom", "say its other options one by one");
    private static final Owned SECRET = new Owned(
            LITERAL_PASSWORD,
            "a topology file is kept where many can read it",
            "use a key without a passphrase, in a file that only the server's account can read");
    private static final Owned OAUTH =
            new Owned("somebody would have to log in by hand whenever a standby connects", "leave it out");

    private static final Map<String, Owned> OWNED = Map.ofEntries(
            entry("host", PLACE),
            entry("hostaddr", PLACE),
            entry("port", PLACE),
            entry("user", LOGIN),
            entry("password", LOGIN),
            entry("passfile", new Owned("agents write the password files", "say the password as replication.password")),
            entry("application_name", NAME),
            entry("fallback_application_name", NAME),
            entry("dbname", REPLICATION),
            entry("replication", REPLICATION),
            entry("service", SERVICE),
            entry("servicefile", SERVICE),
            entry("sslpassword", SECRET),
            entry("scram_client_key", SECRET),
            entry("scram_server_key", SECRET),
            entry("oauth_client_secret", OAUTH),
            entry("oauth_client_id", OAUTH),
            entry("oauth_issuer", OAUTH),
            entry("oauth_scope", OAUTH),
            entry("sslkeylogfile", new Owned("libpq writes into it what makes a connection readable", "leave it out")),
            entry("requiressl", new Owned("it is the old word for sslmode", "say it as sslmode: require")),
            entry("authtype", new Owned("libpq has ignored it for long", "leave it out")),
            entry("tty", new Owned("libpq has ignored it for long", "leave it out")));

    @Override
    public void check(Draft draft, Problems problems) {
        draft.options()
                .forEach(option -> ownerOf(option)
                        .ifPresent(owned -> problems.add(option.value()
                                .problem(
                                        owned.code(),
                                        "\"" + option.name() + "\" cannot be declared as a connection option")
                                .at(option.place())
                                .detail(owned.why())
                                .hint(owned.instead()))));
    }

    static boolean isOwned(String name) {
        return OWNED.containsKey(name);
    }

    private static Optional<Owned> ownerOf(SettingDraft option) {
        return Optional.ofNullable(OWNED.get(option.name()));
    }
}
