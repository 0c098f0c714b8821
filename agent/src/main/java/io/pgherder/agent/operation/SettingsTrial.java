package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.ManagedSettings;
import io.pgherder.agent.postgres.ConfigurationCheck;
import io.pgherder.agent.postgres.Installation;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PgControlData;
import io.pgherder.agent.system.AtomicFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether PostgreSQL would take new settings, asked before they stand where a server reads them: a value out of range, a name that this version
 * does not know, certificates that are not there, a size of the WAL that its files do not allow, more connections reserved than there are. What else only a start finds out, it
 * does not: whether there is as much memory, or a library.
 */
final class SettingsTrial {
    private static final int OF_THE_OWNER = 0600;

    /** Counted in MB. A reload takes any value; the next start reads how large a file of WAL is, and refuses less than two of them. */
    private static final List<String> WAL_SIZES = List.of("min_wal_size", "max_wal_size");

    private static final int LEAST_SEGMENTS = 2;

    private static final int HAS_RESERVED_CONNECTIONS = 16;

    private final Host host;
    private final InstancePlace place;
    private final Installation installation;
    private final ConfigurationCheck check;

    SettingsTrial(Host host, InstancePlace place) {
        this.host = host;
        this.place = place;
        this.installation = host.installations().find(place);
        this.check = new ConfigurationCheck(host.runner());
    }

    /** In PostgreSQL's words as far as it says anything; empty if it would take them. */
    List<String> objections(ManagedSettings settings) {
        AtomicFile trial = host.files(place).trialSettings();
        trial.write(settings.render());
        try {
            List<String> objections = new ArrayList<>(check.objectionsTo(trial.path(), installation));
            if (objections.isEmpty()) {
                objections.addAll(walSizes(settings, trial.path()));
                reservedConnections(settings, trial.path()).ifPresent(objections::add);
            }
            settings.value("unix_socket_permissions")
                    .filter(SettingsTrial::locksTheAgentOut)
                    .ifPresent(mode -> objections.add("unix_socket_permissions = '" + mode
                            + "' would lock out the agent, whose way in is that socket"));
            objections.addAll(certificate(settings).objections());
            return objections;
        } finally {
            trial.delete();
        }
    }

    /** In the words with which a start refuses it. */
    private List<String> walSizes(ManagedSettings settings, Path trial) {
        List<String> declared = WAL_SIZES.stream()
                .filter(name -> settings.value(name).isPresent())
                .toList();
        if (declared.isEmpty()) {
            return List.of();
        }
        int segment = new PgControlData(host.runner()).walSegmentBytes(installation, place.dataDir()) >> 20;
        List<String> objections = new ArrayList<>();
        for (String name : declared) {
            check.trialValue(name, trial, installation)
                    .map(Long::valueOf)
                    .filter(megabytes -> megabytes / segment < LEAST_SEGMENTS)
                    .ifPresent(
                            megabytes -> objections.add("\"" + name + "\" must be at least twice \"wal_segment_size\", "
                                    + LEAST_SEGMENTS * segment + "MB here, and is " + megabytes + "MB"));
        }
        return objections;
    }

    /** In the words with which a start refuses it; a reload does not look. */
    private Optional<String> reservedConnections(ManagedSettings settings, Path trial) {
        List<String> reserved = installation.majorVersion() < HAS_RESERVED_CONNECTIONS
                ? List.of("superuser_reserved_connections")
                : List.of("superuser_reserved_connections", "reserved_connections");
        if (Stream.concat(reserved.stream(), Stream.of("max_connections"))
                .allMatch(name -> settings.value(name).isEmpty())) {
            return Optional.empty();
        }
        // What the program does not say the start will.
        long most = number("max_connections", settings, trial).orElse(Long.MAX_VALUE);
        Map<String, Long> each = new LinkedHashMap<>();
        reserved.forEach(name -> each.put(name, number(name, settings, trial).orElse(0L)));
        if (each.values().stream().mapToLong(Long::longValue).sum() < most) {
            return Optional.empty();
        }
        return Optional.of(each.entrySet().stream()
                        .map(one -> one.getKey() + " (" + one.getValue() + ")")
                        .collect(Collectors.joining(" plus "))
                + " must be less than max_connections (" + most + ")");
    }

    /** What is not among them other files say. */
    private Optional<Long> number(String name, ManagedSettings settings, Path trial) {
        return (settings.value(name).isPresent()
                        ? check.trialValue(name, trial, installation)
                        : check.value(name, installation, place))
                .filter(value -> value.matches("\\d+"))
                .map(Long::valueOf);
    }

    /** The agent's account is the server's: the owner has to be let through. */
    private static boolean locksTheAgentOut(String mode) {
        return mode.matches("0[0-7]{1,4}") && (Integer.parseInt(mode, 8) & OF_THE_OWNER) != OF_THE_OWNER;
    }

    private ServerCertificate certificate(ManagedSettings settings) {
        return new ServerCertificate(
                place.dataDir(),
                name -> name.equals("ssl")
                        ? settings.value(name)
                        : settings.value(name).or(() -> check.value(name, installation, place)));
    }
}
