package io.pgherder.controller.importing;

import io.pgherder.controller.drift.Conninfo;
import io.pgherder.controller.observation.FoundHost;
import io.pgherder.controller.observation.Ground;
import io.pgherder.controller.observation.HostObservation.Answered;
import io.pgherder.controller.observation.HostObservation.LocalInstance;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.NodeObservation.Seen;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.observation.ServerFacts.WalReceiver;
import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.pgvalue.LocalAddress;
import io.pgherder.controller.pgvalue.SystemIdentifier;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * An instance that runs and answers: one that can become a node of the file.
 *
 * @param host as its agent was given
 */
record Member(FoundHost host, LocalInstance place, Ground ground, InstanceState state, ServerFacts server) {
    Member {
        requireNonNull(host, "host is null");
        requireNonNull(place, "place is null");
        requireNonNull(ground, "ground is null");
        requireNonNull(state, "state is null");
        requireNonNull(server, "server is null");
    }

    /** Empty for one that does not answer, or whose control file is closed: nobody can say what it is. */
    static Optional<Member> of(FoundHost host, LocalInstance place, Seen seen) {
        return seen.instance()
                .server()
                .filter(server -> seen.instance().control().isPresent())
                .map(server -> new Member(host, place, seen.ground(), seen.instance(), server));
    }

    /** Whether two agents of one host have seen the same instance. */
    boolean isSameAs(Member other) {
        return agent().machine().equals(other.agent().machine())
                && place.dataDir().equals(other.place.dataDir())
                && place.pid() == other.place.pid();
    }

    /** Whether it is the business of the agent that has seen it: installed by that, or listening at its very address. */
    boolean isItsAgents() {
        return place.installedHere() || listensAtItsAgent();
    }

    private boolean listensAtItsAgent() {
        return inForce("listen_addresses").stream()
                .flatMap(addresses -> Stream.of(addresses.split(",", -1)))
                .map(String::strip)
                .anyMatch(host.agent().agentHost()::equals);
    }

    SystemIdentifier system() {
        return state.control().orElseThrow().systemIdentifier();
    }

    boolean isPrimary() {
        return !server.inRecovery();
    }

    /** "127.0.0.1:5432 (/var/lib/postgresql/15/main)": how a person finds it, before it has a name. */
    String words() {
        return host.agent().agentHost() + ":" + place.port() + " (" + place.dataDir() + ")";
    }

    /** The value in force; empty if it is empty or was not reported. */
    Optional<String> inForce(String setting) {
        return server.setting(setting).map(Setting::value).filter(value -> !value.isEmpty());
    }

    /** How it would connect to its upstream; of a primary, what is left of its time as a standby. */
    Conninfo conninfo() {
        return Conninfo.parse(inForce("primary_conninfo").orElse(""));
    }

    /** By which its upstream knows it: PostgreSQL's own order. */
    String applicationName() {
        return Optional.ofNullable(conninfo().parameters().get("application_name"))
                .filter(name -> !name.isEmpty())
                .or(() -> inForce("cluster_name"))
                .orElse("walreceiver");
    }

    Optional<WalReceiver> receiver() {
        return server.walReceiver();
    }

    /** The slot that it uses. */
    Optional<String> slot() {
        return receiver().map(WalReceiver::slot).filter(slot -> !slot.isEmpty());
    }

    /** Where it gets its WAL, or would: a host and a port; empty if nothing says so. */
    Optional<Sender> sender() {
        return receiver()
                .filter(receiver -> !receiver.senderHost().isEmpty())
                .map(receiver -> new Sender(receiver.senderHost(), receiver.senderPort()))
                .or(() -> conninfo()
                        .host()
                        .map(name -> new Sender(name, conninfo().port().orElse(5432))));
    }

    record Sender(String host, int port) {
        /** Which host it is, only that host knows. */
        boolean isLocal() {
            return LocalAddress.is(host);
        }

        String words() {
            return host + ":" + port;
        }
    }

    boolean sendsTo(String applicationName) {
        return server.walSenders().stream()
                .filter(WalSender::isFollowed)
                .anyMatch(sender -> sender.name().equals(applicationName.toLowerCase(Locale.ROOT)));
    }

    Answered agent() {
        return (Answered) host.said();
    }

    /** Its WAL directory, if that is not in its data directory. */
    Optional<String> walDir() {
        return Optional.of(ground.dataDir().walTarget())
                .filter(target -> !target.isEmpty() && !target.equals(place.dataDir() + "/pg_wal"));
    }
}
