package io.pgherder.controller.topology.yaml.rule;

import io.pgherder.controller.topology.yaml.draft.Draft;
import io.pgherder.controller.topology.yaml.draft.HostDraft;
import io.pgherder.controller.topology.yaml.draft.Written;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the declared lines of pg_hba.conf let the standbys in: the first line that matches decides, and {@code all} does not match
 * {@code replication}. A host may well connect from another address than the one that is declared, so this is worth a note, not
 * a refusal; and a line that cannot be judged from here counts as one that lets them in.
 */
public final class ReplicationAdmission {
    private ReplicationAdmission() {}

    /** The hosts with standbys that no line lets in. */
    public static List<HostDraft> shutOut(Draft draft) {
        if (draft.hba().isEmpty() || draft.replicationUser().isEmpty()) {
            return List.of();
        }
        String user = draft.replicationUser().get().text();
        List<List<String>> lines = draft.hba().get().stream()
                .map(line -> HbaFields.of(line.text()))
                .toList();
        return draft.hosts().stream()
                .filter(host ->
                        draft.nodes().stream().anyMatch(node -> node.isOn(host.name()) && !draft.isPrimary(node)))
                .filter(host -> host.address()
                        .map(Written::text)
                        .flatMap(IpAddress::bytes)
                        .filter(address -> !isAdmitted(lines, user, address))
                        .isPresent())
                .toList();
    }

    /** Whether some line lets the role replicate from somewhere; that is certain, wherever standbys connect from. */
    static boolean isAdmittedFromAnywhere(List<Written> hba, String user) {
        boolean everyIpv4IsRejected = false;
        for (List<String> fields : aboutReplication(hba.stream().map(line -> HbaFields.of(line.text())), user)
                .toList()) {
            String address = fields.get(3);
            if (isReject(fields)) {
                if (address.equals("all")) {
                    return false;
                }
                everyIpv4IsRejected |= address.equals("0.0.0.0/0");
            } else if (!everyIpv4IsRejected || !isIpv4(address)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIpv4(String network) {
        return IpAddress.bytes(network.split("/", 2)[0])
                .filter(bytes -> bytes.length == 4)
                .isPresent();
    }

    private static boolean isAdmitted(List<List<String>> lines, String user, byte[] address) {
        return aboutReplication(lines.stream(), user)
                .filter(fields -> matchesAddress(fields, address))
                .findFirst()
                .filter(fields -> !isReject(fields))
                .isPresent();
    }

    private static Stream<List<String>> aboutReplication(Stream<List<String>> lines, String user) {
        return lines.filter(fields -> !fields.get(0).equals("local"))
                .filter(fields -> names(fields.get(1)).stream()
                        .anyMatch(name -> name.equals("replication") || name.startsWith("@")))
                .filter(fields -> matchesUser(names(fields.get(2)), user));
    }

    /** The method stands after the address, or after its mask. */
    private static boolean isReject(List<String> fields) {
        return fields.get(4).equals("reject")
                || (fields.size() > 5 && fields.get(5).equals("reject"));
    }

    private static List<String> names(String field) {
        return Arrays.stream(field.split(",", -1)).map(String::strip).toList();
    }

    private static boolean matchesUser(List<String> users, String user) {
        return users.stream()
                .anyMatch(name -> name.replace("\"", "").equals(user) || name.equals("all") || name.matches("[+/@].*"));
    }

    private static boolean matchesAddress(List<String> fields, byte[] address) {
        String[] network = fields.get(3).split("/", 2);
        Optional<byte[]> base = IpAddress.bytes(network[0]);
        if (base.isEmpty()) {
            return true;
        }
        if (base.get().length != address.length) {
            return false;
        }
        int bits = network.length == 2
                ? Integer.parseInt(network[1])
                : IpAddress.bytes(fields.get(4))
                        .map(mask -> new BigInteger(1, mask).bitCount())
                        .orElse(0);
        int ignored = address.length * 8 - bits;
        return new BigInteger(1, base.get()).shiftRight(ignored).equals(new BigInteger(1, address).shiftRight(ignored));
    }
}
